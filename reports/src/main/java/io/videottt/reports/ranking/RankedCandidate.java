package io.videottt.reports.ranking;

import io.videottt.reports.Difference;
import io.videottt.reports.Measurement;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One setting of a grid and how it did.
 *
 * @param label name in tables
 * @param values by key, in the order of the grid file
 * @param state whether it takes part in the ranking
 * @param videos number of videos that it has results of
 * @param measured on those videos, absent without results
 * @param toBest difference to the best setting on the frames that both have, absent for the best
 */
public record RankedCandidate(
    String label,
    Map<String, Object> values,
    State state,
    int videos,
    Optional<Measurement> measured,
    Optional<Difference> toBest) {

  /** Whether a setting takes part in the ranking. */
  public enum State {
    /** It has results of all videos. */
    RANKED,
    /** It was clearly worse on the first videos and was not run on the others. */
    PRUNED,
    /** It has no results of some videos on which it was run. */
    FAILED
  }

  /** Keeps the map from being changed, and its order. */
  public RankedCandidate {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }
}
