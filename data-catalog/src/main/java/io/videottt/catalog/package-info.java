/**
 * The catalogue of data sets: its entries, the videos of their splits, the check of their files,
 * and what results depend on of them.
 */
package io.videottt.catalog;
