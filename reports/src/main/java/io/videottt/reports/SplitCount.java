package io.videottt.reports;

import java.util.OptionalLong;

/**
 * What of a split was run.
 *
 * @param split its name
 * @param frames that were run, of all videos
 * @param published frames of the whole split as published, where the catalogue knows
 */
public record SplitCount(String split, long frames, OptionalLong published) {}
