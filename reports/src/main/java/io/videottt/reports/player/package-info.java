/** Videos with pictures to look at frame by frame, and strips of a few frames. */
package io.videottt.reports.player;
