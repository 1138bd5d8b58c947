/**
 * The engine under an adaptation: its thread, its random seeds, and values that stopped being
 * numbers.
 */
package io.videottt.adaptation.engine;
