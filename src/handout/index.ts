export { exportSlides, renderSlides } from "./slides/exportSlides.ts";
export { exportPdf, writePdf } from "./print/exportPdf.ts";
export { findChromium, needChromium } from "./print/chromium.ts";
export { exportMarkdown, type MarkdownHandout, renderMarkdownHandout } from "./commonmark/exportMarkdown.ts";
export { type ExportOptions, exportHtml } from "./export.ts";
export { type Figure, type FigureOptions, renderFigure, withDrawing } from "./figures/index.ts";
export { type HandoutOptions, renderHandout } from "./handout.ts";
export { Site, type SiteCourse, type SiteLecture, type LectureOptions, type SiteOptions } from "./site/index.ts";
