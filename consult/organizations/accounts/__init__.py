"""How members of staff come in: sessions, second factor, invitations, passwords, single sign-on."""
