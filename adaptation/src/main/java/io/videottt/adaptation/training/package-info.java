/**
 * Joint training on annotated stills: batches, losses, schedule, validation, and a folder to go on
 * from.
 */
package io.videottt.adaptation.training;
