package io.videottt.adaptation.scoring;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.videottt.base.InvalidInputException;
import io.videottt.base.Task;
import io.videottt.io.config.BoundedJson;
import io.videottt.metrics.AreaRange;
import io.videottt.metrics.ChromaChange;
import io.videottt.metrics.ColourCounts;
import io.videottt.metrics.DetectionOutcome;
import io.videottt.metrics.InstanceCounts;
import io.videottt.metrics.PanopticCounts;
import io.videottt.metrics.SemanticCounts;
import io.videottt.metrics.SparseCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Frame results as lines of JSON, as a checkpoint keeps them until the unit's own file is written.
 * Every number comes back with the same bits.
 */
public final class FrameResultLines {

  private static final int MOST_CLASSES = 100_000;

  /** Characters of a picture in Base64, which is 320 pixels wide and as high as frames make it. */
  private static final int LONGEST_PICTURE = 1 << 24;

  private static final JsonMapper MAPPER =
      BoundedJson.mapper(LONGEST_PICTURE)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .build();

  /** One result; of the counts, those of its task, or none where the frame is not annotated. */
  private record Line(
      int index,
      String name,
      Task task,
      Semantic semantic,
      Panoptic panoptic,
      Instance instance,
      @JsonInclude(JsonInclude.Include.NON_NULL) Colorization colorization,
      double lossBefore,
      double lossAfter,
      double gradientNorm,
      double secondsLoad,
      double secondsAdapt,
      double secondsPredict,
      double secondsEvaluate,
      Preview preview,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Double> further) {}

  /** Pictures, which JSON holds as Base64; null where there is none. */
  private record Preview(byte[] prediction, byte[] input, byte[] truth) {}

  private record Semantic(int classCount, int[] cells, long[] counts) {}

  /** Lines of earlier versions have no released counts. */
  private record Panoptic(
      int classCount, List<PanopticClass> classes, List<PanopticClass> released) {}

  private record PanopticClass(int classId, double iouSum, long tp, long fp, long fn) {}

  private record Instance(
      int classCount,
      List<InstanceClass> objects,
      List<DetectionOutcome> detections,
      SortedSet<Integer> stuff) {}

  /** The change, and what networks see, are null where there is none. */
  private record Colorization(
      ColourCounts counts,
      double colourfulness,
      double trueColourfulness,
      ChromaChange change,
      @JsonInclude(JsonInclude.Include.NON_NULL) FeatureScore.Inception inception,
      @JsonInclude(JsonInclude.Include.NON_NULL) FeatureScore.Lpips lpips) {}

  /** Objects of a class by area range, in the order of {@link AreaRange}. */
  private record InstanceClass(int classId, long[] objects) {}

  private FrameResultLines() {}

  /** The result in one line, without line break. */
  public static String write(FrameResult result) {
    Semantic semantic = null;
    Panoptic panoptic = null;
    Instance instance = null;
    Colorization colorization = null;
    FrameScore score = result.score().orElse(null);
    if (score instanceof FrameScore.Semantic scored) {
      SparseCounts sparse = scored.counts().sparse();
      semantic = new Semantic(scored.counts().classCount(), sparse.cells(), sparse.counts());
    } else if (score instanceof FrameScore.Panoptic scored) {
      panoptic = panoptic(scored);
    } else if (score instanceof FrameScore.Instance scored) {
      instance = instance(scored);
    } else if (score instanceof FrameScore.Colorization scored) {
      colorization =
          new Colorization(
              scored.counts(),
              scored.colourfulness(),
              scored.trueColourfulness(),
              scored.change().orElse(null),
              scored.features().inception().orElse(null),
              scored.features().lpips().orElse(null));
    }
    try {
      return MAPPER.writeValueAsString(
          new Line(
              result.index(),
              result.name(),
              result.task(),
              semantic,
              panoptic,
              instance,
              colorization,
              result.reconstructionLossBefore(),
              result.reconstructionLossAfter(),
              result.gradientNorm(),
              result.secondsLoad(),
              result.secondsAdapt(),
              result.secondsPredict(),
              result.secondsEvaluate(),
              result.preview().map(FrameResultLines::preview).orElse(null),
              result.further()));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("plain values must serialise", impossible);
    }
  }

  /**
   * The result of a line.
   *
   * @param source the file, for messages
   * @throws InvalidInputException when the line is damaged
   */
  public static FrameResult read(String text, String source) {
    try {
      Line line = MAPPER.readValue(text, Line.class);
      Optional<FrameScore> score = score(line);
      return new FrameResult(
          line.index(),
          line.name(),
          line.task(),
          score.isPresent(),
          score,
          line.lossBefore(),
          line.lossAfter(),
          line.gradientNorm(),
          line.secondsLoad(),
          line.secondsAdapt(),
          line.secondsPredict(),
          line.secondsEvaluate(),
          Optional.ofNullable(line.preview()).map(FrameResultLines::preview),
          line.further() == null ? Map.of() : line.further());
    } catch (JsonProcessingException | RuntimeException e) {
      throw new InvalidInputException(
          "%s: a frame's result is damaged%s"
              .formatted(source, e instanceof InvalidInputException ? ": " + e.getMessage() : ""),
          e);
    }
  }

  private static Optional<FrameScore> score(Line line) {
    if (line.semantic() != null) {
      Semantic stored = line.semantic();
      return Optional.of(
          new FrameScore.Semantic(
              SemanticCounts.of(
                  stored.classCount(), new SparseCounts(stored.cells(), stored.counts()))));
    }
    if (line.panoptic() != null) {
      Panoptic stored = line.panoptic();
      int classCount = bounded(stored.classCount());
      return Optional.of(
          new FrameScore.Panoptic(
              counts(classCount, stored.classes()),
              Optional.ofNullable(stored.released()).map(own -> counts(classCount, own))));
    }
    if (line.instance() != null) {
      InstanceCounts counts = new InstanceCounts(bounded(line.instance().classCount()));
      for (InstanceClass c : line.instance().objects()) {
        for (AreaRange range : AreaRange.values()) {
          counts.addTruths(c.classId(), range, c.objects()[range.ordinal()]);
        }
      }
      line.instance().detections().forEach(counts::add);
      return Optional.of(
          new FrameScore.Instance(counts, Optional.ofNullable(line.instance().stuff())));
    }
    if (line.colorization() != null) {
      Colorization stored = line.colorization();
      return Optional.of(
          new FrameScore.Colorization(
              Objects.requireNonNull(stored.counts(), "a score without counts"),
              stored.colourfulness(),
              stored.trueColourfulness(),
              Optional.ofNullable(stored.change()),
              new FeatureScore(
                  Optional.ofNullable(stored.inception()), Optional.ofNullable(stored.lpips()))));
    }
    return Optional.empty();
  }

  private static PanopticCounts counts(int classCount, List<PanopticClass> classes) {
    PanopticCounts counts = new PanopticCounts(classCount);
    for (PanopticClass c : classes) {
      counts.add(c.classId(), c.iouSum(), c.tp(), c.fp(), c.fn());
    }
    return counts;
  }

  private static Preview preview(FramePreview preview) {
    return new Preview(
        preview.prediction(), preview.input().orElse(null), preview.truth().orElse(null));
  }

  private static FramePreview preview(Preview stored) {
    return new FramePreview(
        Objects.requireNonNull(stored.prediction(), "a preview without prediction"),
        Optional.ofNullable(stored.input()),
        Optional.ofNullable(stored.truth()));
  }

  private static int bounded(int classCount) {
    if (classCount > MOST_CLASSES) {
      throw new InvalidInputException("%d classes".formatted(classCount));
    }
    return classCount;
  }

  private static Panoptic panoptic(FrameScore.Panoptic score) {
    return new Panoptic(
        score.counts().classCount(),
        classes(score.counts()),
        score.releasedCounts().map(FrameResultLines::classes).orElse(null));
  }

  private static List<PanopticClass> classes(PanopticCounts counts) {
    List<PanopticClass> classes = new ArrayList<>();
    for (int classId = 0; classId < counts.classCount(); classId++) {
      PanopticClass found =
          new PanopticClass(
              classId,
              counts.iouSum(classId),
              counts.truePositives(classId),
              counts.falsePositives(classId),
              counts.falseNegatives(classId));
      if (found.tp() + found.fp() + found.fn() > 0) {
        classes.add(found);
      }
    }
    return classes;
  }

  private static Instance instance(FrameScore.Instance score) {
    InstanceCounts counts = score.counts();
    List<InstanceClass> objects = new ArrayList<>();
    List<DetectionOutcome> detections = new ArrayList<>();
    for (int classId = 0; classId < counts.classCount(); classId++) {
      long[] ofClass = new long[AreaRange.values().length];
      for (AreaRange range : AreaRange.values()) {
        ofClass[range.ordinal()] = counts.truths(classId, range);
      }
      if (ofClass[AreaRange.ALL.ordinal()] > 0) {
        objects.add(new InstanceClass(classId, ofClass));
      }
      detections.addAll(counts.detections(classId));
    }
    return new Instance(
        counts.classCount(),
        objects,
        detections,
        score.stuff().<SortedSet<Integer>>map(TreeSet::new).orElse(null));
  }
}
