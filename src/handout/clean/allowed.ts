/** Elements that go with all they contain: programs, forms, embedded documents. Style sheets are seen to by themselves. */
export const elementsDropped = words(`
  script iframe frame frameset object embed applet link meta base noscript template form input button
  select option textarea audio video source track canvas portal foreignobject animate animatemotion
  animatetransform set handler listener head slot dialog`);

/** Elements that stay, by the name of their language. Others go but leave their content. */
export const XHTML = "http://www.w3.org/1999/xhtml";
export const elementsAllowed: Readonly<Record<string, ReadonlySet<string>>> = {
  [XHTML]: words(`
    a abbr acronym address article aside b bdi bdo big blockquote br caption center cite code col colgroup data dd del
    details dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hgroup hr i img ins kbd li main mark
    nav ol p pre q rp rt ruby s samp section small span strike strong sub summary sup table tbody td tfoot th thead time
    tr tt u ul var wbr`),
  "http://www.w3.org/2000/svg": words(`
    a svg g defs symbol use path rect circle ellipse line polyline polygon text tspan textpath title desc marker
    pattern clippath mask lineargradient radialgradient stop image switch filter fegaussianblur feoffset feblend
    fecolormatrix feflood fecomposite femerge femergenode`),
  "http://www.w3.org/1998/Math/MathML": words(`
    math mrow mi mo mn ms mtext mspace msup msub msubsup mfrac msqrt mroot mover munder munderover mtable mtr mtd
    mlabeledtr mstyle mpadded mphantom menclose mmultiscripts mprescripts none semantics annotation`),
};

/** Attributes that stay, besides `aria-…` and the references that are checked one by one. */
export const attributesAllowed = words(`
  alt title lang dir class role width height size face align valign colspan rowspan scope abbr start reversed type
  value open cite datetime span border cellpadding cellspacing nowrap bgcolor
  xmlns xmlns:xlink version viewbox preserveaspectratio x y x1 y1 x2 y2 cx cy r rx ry d dx dy points transform
  fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-dasharray stroke-dashoffset stroke-linecap
  stroke-linejoin stroke-miterlimit opacity color clip-path clip-rule mask filter marker-start marker-mid
  marker-end markerwidth markerheight markerunits orient refx refy gradientunits gradienttransform
  spreadmethod offset stop-color stop-opacity patternunits patterncontentunits patterntransform
  clippathunits maskunits text-anchor dominant-baseline alignment-baseline baseline-shift font-family
  font-size font-style font-weight letter-spacing word-spacing text-decoration textlength lengthadjust
  rotate startoffset visibility display overflow shape-rendering text-rendering image-rendering
  vector-effect paint-order pointer-events xml:space stddeviation in in2 result mode values
  mathvariant displaystyle scriptlevel stretchy fence separator lspace rspace display alttext`);

function words(list: string): ReadonlySet<string> {
  return new Set(list.trim().split(/\s+/));
}
