/**
 * White or black: what has the greater contrast with the brand colour. y is its relative luminance (WCAG 2.2);
 * at .179 both have the same, 4.58:1.
 */
const ON = "calc((.179 - y)*1e6) ";

/**
 * The widget's style sheet, constructed in the shadow root: a host page's policy has nothing to allow.
 * The host gives --consult-brand and --consult-radius. Dark where the host's color-scheme says so.
 */
export const STYLE = `
:host{display:block}
[hidden],b:empty{display:none!important}
[lang]{all:initial;display:block;font:inherit;font-size:max(1em,14px);line-height:1.35;color-scheme:inherit;color:CanvasText;--brand:color(from var(--consult-brand,light-dark(#0f4c81,#8ab8e6)) srgb r g b);--on:color(from var(--brand) xyz ${ON}${ON}${ON})}
*{box-sizing:border-box;margin:0;padding:0;border:0;font:inherit;color:inherit;border-radius:var(--consult-radius,4px)}
section{position:relative;container-type:inline-size;max-width:42em;padding:min(1.25em,5vw);border:1px solid #8888;background:Canvas}
dialog{width:42em;max-width:calc(100vw - 1em);margin:auto;background:0 0}
fieldset{margin-bottom:1.5em;min-width:0}
legend,fieldset>label{display:block;padding-bottom:.5em}
b,button,i,legend,fieldset>label{font-weight:700}
small,input,textarea{font-weight:400}
dialog legend{padding-right:2em}
small,.k2+p{display:block;font-size:.9em;opacity:.75}
div>label{display:flex;gap:.6em;align-items:center;position:relative;padding:.35em 0;cursor:pointer}
input{flex:none;width:1.3em;height:1.3em;accent-color:var(--brand)}
.k2,.k3{display:grid;grid:auto/repeat(auto-fit,minmax(min(14%,3em),1fr));gap:.5em;label{flex-direction:column;justify-content:center;gap:0;min-height:3em;padding:.25em;border:1px solid #767676;text-align:center}:is(:hover,:has(:checked)){border-color:CanvasText;box-shadow:inset 0 0 0 1px}:has(:checked){color:var(--on);background:var(--brand)}input{position:absolute;inset:0;width:100%;height:100%;opacity:0}}
.k3{grid:auto/1fr 1fr 1fr}
.k2+p{display:flex;justify-content:space-between;gap:1em;margin-top:.4em}
p span+span{text-align:right}
.k2 span,form:not([hidden])+p{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
svg{width:2.5em;border:2px solid;border-radius:50%;fill:none;stroke:currentColor;stroke-width:1.5}
@container(min-width:34em){.k2:not(:has(:nth-child(8))){+p{display:none}label{justify-content:start}span{all:unset;font-size:.8em}}}
textarea,[type=email],button{display:block;width:100%;min-height:2.75em;margin-top:.5em;padding:.5em;background:Canvas;border:1px solid #767676}
textarea{height:6em;resize:vertical}
button{width:auto;padding:.5em 1.25em;color:var(--on);background:var(--brand);cursor:pointer}
section>button{position:absolute;top:0;right:0;margin:0;color:inherit;background:0 0;border:0}
i{display:block;color:light-dark(#b3261e,#f2a29b)}
a{display:block}
:focus-visible,div>label:has(:focus-visible){outline:3px solid CanvasText;outline-offset:2px;box-shadow:0 0 0 6px #ffbf47}
[role]:focus{outline:0;box-shadow:none}
@media(forced-colors:active){:has(>:checked){forced-color-adjust:none;color:HighlightText;background:Highlight}}
`;
