package io.videottt.adaptation.inference;

import io.videottt.adaptation.settings.PostProcessing;
import io.videottt.metrics.PanopticMap;
import io.videottt.metrics.PanopticSegment;
import io.videottt.model.mask2former.MaskInference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Mask2Former's panoptic inference (Cheng et al., 2022; method.md, Section 6): confident queries
 * compete for the pixels, and those that win most of their mask become segments.
 */
final class PanopticInference {

  private final ThingClasses things;
  private final PostProcessing settings;

  PanopticInference(ThingClasses things, PostProcessing settings) {
    this.things = things;
    this.settings = settings;
  }

  /** A query that competes, with its most probable class. */
  private record Candidate(int query, int classId) {}

  /** The segments of an image, at its own size; ids count from 1 in the order of the queries. */
  PanopticMap infer(MaskInference masks) {
    List<Candidate> candidates = candidates(FramePredictor.probabilities(masks));
    if (candidates.isEmpty()) {
      int[] nothing = new int[masks.height() * masks.width()];
      return new PanopticMap(masks.height(), masks.width(), nothing, List.of());
    }
    MaskInference.Winners winners =
        masks.winners(candidates.stream().mapToLong(Candidate::query).toArray());
    List<PanopticSegment> segments = new ArrayList<>();
    int[] ids = segmentIds(candidates, winners, segments);
    int[] map = new int[winners.pixels().length];
    for (int pixel = 0; pixel < map.length; pixel++) {
      int winner = winners.pixels()[pixel];
      map[pixel] = winner >= 0 ? ids[winner] : PanopticMap.VOID;
    }
    return new PanopticMap(masks.height(), masks.width(), map, segments);
  }

  private List<Candidate> candidates(float[][] probabilities) {
    List<Candidate> candidates = new ArrayList<>();
    for (int query = 0; query < probabilities.length; query++) {
      float[] ofClasses = probabilities[query];
      int best = 0;
      for (int classId = 1; classId < ofClasses.length; classId++) {
        best = ofClasses[classId] > ofClasses[best] ? classId : best;
      }
      boolean noObject = best == ofClasses.length - 1;
      if (!noObject && ofClasses[best] > (float) settings.scoreThreshold()) {
        candidates.add(new Candidate(query, best));
      }
    }
    return candidates;
  }

  /** Decides which candidates become segments; 0 for those that do not. */
  private int[] segmentIds(
      List<Candidate> candidates, MaskInference.Winners winners, List<PanopticSegment> segments) {
    long[] won = new long[candidates.size()];
    long[] covered = new long[candidates.size()];
    for (int winner : winners.pixels()) {
      if (winner >= 0) {
        won[winner]++;
        covered[winner]++;
      } else {
        won[-1 - winner]++;
      }
    }
    int[] ids = new int[candidates.size()];
    Map<Integer, Integer> stuff = new HashMap<>();
    for (int k = 0; k < ids.length; k++) {
      // As published, all that is won counts, also where the mask itself does not reach.
      if (covered[k] == 0 || (double) won[k] / winners.areas()[k] < settings.overlapThreshold()) {
        continue;
      }
      int classId = candidates.get(k).classId();
      Integer merged = things.contains(classId) ? null : stuff.get(classId);
      if (merged != null) {
        ids[k] = merged;
        continue;
      }
      ids[k] = segments.size() + 1;
      segments.add(PanopticSegment.predicted(ids[k], classId));
      if (!things.contains(classId)) {
        stuff.put(classId, ids[k]);
      }
    }
    return ids;
  }
}
