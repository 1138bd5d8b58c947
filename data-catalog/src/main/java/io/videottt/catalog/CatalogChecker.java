package io.videottt.catalog;

import io.videottt.metrics.InvalidInputException;
import io.videottt.metrics.SemanticCounts;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads every file of a split, one at a time, and collects what is wrong instead of stopping. */
final class CatalogChecker {

  private static final int EXAMPLES = 10;

  private final DataSet dataSet;
  private final String split;
  private final Map<CatalogCheck.Kind, List<String>> examples =
      new EnumMap<>(CatalogCheck.Kind.class);
  private final Map<CatalogCheck.Kind, Long> counts = new EnumMap<>(CatalogCheck.Kind.class);
  private final long[] pixels;
  private long ignoredPixels;
  private int videos;
  private long frames;
  private long annotatedFrames;

  CatalogChecker(DataSet dataSet, String split) {
    this.dataSet = dataSet;
    this.split = split;
    this.pixels = new long[dataSet.definition().classCount()];
  }

  CatalogCheck.Split check() {
    try {
      for (String id : dataSet.videoIds(split)) {
        videos++;
        collect(() -> check(dataSet.video(split, id)));
      }
    } catch (InvalidInputException e) {
      record(e);
    }
    Map<CatalogCheck.Kind, CatalogCheck.Problems> problems = new EnumMap<>(CatalogCheck.Kind.class);
    counts.forEach(
        (kind, count) ->
            problems.put(kind, new CatalogCheck.Problems(count, List.copyOf(examples.get(kind)))));
    return new CatalogCheck.Split(
        split, videos, frames, annotatedFrames, pixels, ignoredPixels, Map.copyOf(problems));
  }

  private void check(Video video) {
    for (int i = 0; i < video.frameCount(); i++) {
      int index = i;
      frames++;
      if (video instanceof FileVideo files) {
        check(files, index);
      } else {
        collect(() -> video.read(index).labels().ifPresent(this::countLabels));
      }
    }
  }

  /** Looks at the image and at the labels, whatever is wrong with the other. */
  private void check(FileVideo video, int index) {
    Optional<RgbImage> image = attempt(() -> video.readImage(index));
    if (!video.annotated(index)) {
      return;
    }
    Optional<LabelMap> labels = attempt(() -> video.readLabels(index));
    labels.ifPresent(this::countLabels);
    if (image.isPresent() && labels.isPresent()) {
      collect(() -> video.requireSameSize(index, image.get(), labels.get()));
    }
  }

  private void countLabels(LabelMap map) {
    annotatedFrames++;
    for (byte label : map.labels()) {
      if ((label & 0xff) == SemanticCounts.IGNORE) {
        ignoredPixels++;
      } else {
        pixels[label & 0xff]++;
      }
    }
  }

  private void collect(Runnable step) {
    attempt(
        () -> {
          step.run();
          return step;
        });
  }

  private <T> Optional<T> attempt(Supplier<T> step) {
    try {
      return Optional.of(step.get());
    } catch (InvalidInputException e) {
      record(e);
      return Optional.empty();
    }
  }

  private void record(InvalidInputException problem) {
    CatalogCheck.Kind kind =
        problem instanceof FileProblem file ? file.kind() : CatalogCheck.Kind.MISSING;
    counts.merge(kind, 1L, Long::sum);
    List<String> shown = examples.computeIfAbsent(kind, unused -> new ArrayList<>());
    if (shown.size() < EXAMPLES) {
      shown.add(problem.getMessage());
    }
  }
}
