/** Shifts of a video's pictures: corruptions, their strengths, and their course over time. */
package io.videottt.catalog.shift;
