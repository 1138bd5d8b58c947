package io.videottt.adaptation.inference;

import io.videottt.adaptation.settings.PostProcessing;
import io.videottt.metrics.InstanceDetection;
import io.videottt.model.mask2former.MaskInference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Mask2Former's instance inference (Cheng et al., 2022; method.md, Section 6): the most probable
 * pairs of query and class, scored by class and mask. A query may appear with several classes, and
 * an empty mask stays, with score 0.
 */
final class InstanceInference {

  private final ThingClasses things;
  private final PostProcessing settings;

  InstanceInference(ThingClasses things, PostProcessing settings) {
    this.things = things;
    this.settings = settings;
  }

  /** A query taken as an object of a class. */
  private record Pair(int query, int classId, float probability) {}

  /**
   * The detections of an image, at its own size, by falling class probability, equal ones in the
   * order of queries and classes. Stuff takes part in the choice and is dropped after it, as the
   * published code does.
   */
  List<InstanceDetection> infer(MaskInference masks) {
    List<Pair> pairs =
        mostProbable(FramePredictor.probabilities(masks)).stream()
            .filter(pair -> things.contains(pair.classId()))
            .toList();
    long[] queries = pairs.stream().mapToLong(Pair::query).distinct().sorted().toArray();
    if (queries.length == 0) {
      return List.of();
    }
    Map<Integer, MaskInference.ScoredMask> ofQueries = new HashMap<>();
    List<MaskInference.ScoredMask> scored = masks.masks(queries);
    for (int i = 0; i < queries.length; i++) {
      ofQueries.put((int) queries[i], scored.get(i));
    }
    List<InstanceDetection> detections = new ArrayList<>();
    for (Pair pair : pairs) {
      MaskInference.ScoredMask mask = ofQueries.get(pair.query());
      float score = pair.probability() * mask.probability();
      detections.add(new InstanceDetection(pair.classId(), mask.mask(), score));
    }
    return detections;
  }

  private List<Pair> mostProbable(float[][] probabilities) {
    return IntStream.range(0, probabilities.length)
        .boxed()
        .flatMap(
            query ->
                IntStream.range(0, probabilities[query].length - 1)
                    .mapToObj(classId -> new Pair(query, classId, probabilities[query][classId])))
        .sorted(Comparator.comparingDouble(Pair::probability).reversed())
        .limit(settings.detections())
        .toList();
  }
}
