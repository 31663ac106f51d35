/** An increasing map from a model's cosines to [0, 1]: `low` and below is 0, `high` and above is 1, linear between. */
export interface Calibration {
  low: number;
  high: number;
}
