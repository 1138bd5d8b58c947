/** The search of settings: grids, successive halving, rankings, the file of chosen settings. */
package io.videottt.jobs.grid;
