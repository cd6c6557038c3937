/**
 * The widget's style sheet, constructed in the shadow root: a host page's policy has nothing to allow.
 * Colours: --consult-brand and the like from the host; dark where the host's color-scheme says so.
 */
export const STYLE = `
:host{display:block}
[hidden]{display:none!important}
.panel{all:initial;display:block;font:inherit;font-size:max(1em,14px);color-scheme:inherit;container-type:inline-size;box-sizing:border-box;max-width:42em;line-height:1.4;padding:min(1.25em,5vw);border:1px solid var(--line);border-radius:4px;color:var(--ink);background:var(--paper);--ink:#16233b;--quiet:#4a5568;--paper:#fff;--line:#cbd3dd;--bad:#b3261e;--brand:var(--consult-brand,#0f4c81);--on:var(--consult-on-brand,#fff)}
@supports(color:light-dark(#000,#fff)){.panel{--ink:light-dark(#16233b,#eaf0f8);--quiet:light-dark(#4a5568,#b4c0d0);--paper:light-dark(#fff,#17233a);--line:light-dark(#cbd3dd,#3a4a66);--bad:light-dark(#b3261e,#f2a29b);--brand:var(--consult-brand,light-dark(#0f4c81,#8ab8e6));--on:var(--consult-on-brand,light-dark(#fff,#0e1626))}}
fieldset{all:unset;display:block}
legend,[for]{display:block;padding:0;font-weight:700}
legend{margin-bottom:.75em;font-size:1.1em}
.choices{display:grid;grid-template-columns:repeat(5,1fr);gap:.5em}
.choices label{position:relative;display:grid;cursor:pointer}
input{position:absolute;inset:0;width:100%;height:100%;margin:0;opacity:0;cursor:inherit}
.tile{display:grid;place-content:center;box-sizing:border-box;min-height:3em;padding:.25em;border:1px solid var(--quiet);border-radius:4px;text-align:center}
.tile span{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);font-size:.8em;line-height:1.25}
label:hover .tile{border-color:var(--brand);box-shadow:inset 0 0 0 1px var(--brand)}
:checked+.tile{color:var(--on);background:var(--brand);border-color:var(--brand)}
.ends{display:flex;flex-wrap:wrap;gap:0 1em;margin-top:.4em;font-size:.85em;color:var(--quiet)}
.ends span+span{margin-left:auto;text-align:right}
@container(min-width:34em){.ends{display:none}.tile{align-content:start;padding:.5em .3em .6em}.tile span{position:static;width:auto;height:auto;clip-path:none}}
[for]{margin-top:1.5em}
p{margin:.35em 0 .6em;font-size:.9em;color:var(--quiet)}
textarea,button{font:inherit;box-sizing:border-box;border-radius:4px}
textarea{display:block;width:100%;padding:.5em;color:inherit;background:var(--paper);border:1px solid var(--quiet);resize:vertical}
button{margin-top:1em;min-height:2.75em;padding:.5em 1.25em;font-weight:700;color:var(--on);background:var(--brand);border:2px solid transparent;cursor:pointer}
button:hover{text-decoration:underline}
[aria-disabled=true]{opacity:.7;cursor:default}
[role]{margin:0;font-size:1em;color:inherit}
[role]:not(:empty){padding:.25em 0}
[role=alert]:not(:empty){margin-top:1em;padding-left:.75em;border-left:4px solid var(--bad);font-weight:700;color:var(--bad)}
a{color:var(--brand)}
[role] a{display:block;width:fit-content;margin-top:.4em}
:focus-visible,:focus-visible+.tile{outline:3px solid var(--ink);outline-offset:0;box-shadow:0 0 0 6px #ffbf47}
[role=status]:focus-visible{outline:0;box-shadow:none}
@media(forced-colors:active){:checked+.tile{forced-color-adjust:none;color:HighlightText;background:Highlight}}
`;
