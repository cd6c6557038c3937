"""What the public follows: a service, a consultation, or everything."""

from dataclasses import dataclass

from consult.db import Localized
from consult.organizations.models import Service
from consult.surveys.models import Consultation


@dataclass(frozen=True)
class Followed:
    """A service, or a consultation, or neither: everything."""

    service: Service | None = None
    consultation: Consultation | None = None

    @property
    def about(self) -> Service | Consultation | None:
        return self.service or self.consultation

    @property
    def key(self) -> str:
        """The same for the same subject, another for another."""
        if self.service:
            return f"service {self.service.key}"
        return f"consultation {self.consultation.slug}" if self.consultation else "all"

    @property
    def name(self) -> Localized | None:
        """The name of the service, or the title of the consultation."""
        if self.service:
            return self.service.name
        return self.consultation.title if self.consultation else None
