/** How many pieces a stack's convolutions look at. */
export const ORDERS = [2, 3, 5] as const;

/** How many of them stand before the piece in question. */
export const BEFORE = [0, 1, 2] as const;

/** Length of a row of a stack. */
export const WIDTH = 256;
