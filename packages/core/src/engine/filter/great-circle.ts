/** Mean radius of the earth (IUGG), in metres. */
const EARTH_RADIUS_METERS = 6_371_008.8;

const RADIANS = Math.PI / 180;

/** Writes the place, in degrees, as a point on the unit sphere to `target[at]` … `target[at + 2]`. */
export function writeUnitVector(latitude: number, longitude: number, target: Float64Array, at: number): void {
  const ring = Math.cos(latitude * RADIANS);
  target[at] = ring * Math.cos(longitude * RADIANS);
  target[at + 1] = ring * Math.sin(longitude * RADIANS);
  target[at + 2] = Math.sin(latitude * RADIANS);
}

/**
 * The squared straight line between two points on the unit sphere that are `meters` apart on the earth. Comparing it is
 * comparing the distance of the haversine formula (its `a` is a quarter of it) without a sine for each place.
 */
export function squaredChord(meters: number): number {
  const half = Math.min(Math.PI / 2, meters / (2 * EARTH_RADIUS_METERS));
  return (2 * Math.sin(half)) ** 2;
}
