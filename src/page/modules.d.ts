declare module "plotly.js/dist/plotly-cartesian.min.js";
declare module "plotly.js/dist/plotly-strict.min.js";
