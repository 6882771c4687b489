/* What the pages call: see pages/shared/maps/elements.py. */
window.dialogMap = {
  layer: mapLayer.make,
  pin: mapPin.make,
  show: mapShowing.start,
  embed: mapEmbedded.start,
  pick: mapPicking.start,
};
