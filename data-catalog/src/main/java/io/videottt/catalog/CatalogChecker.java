package io.videottt.catalog;

import io.videottt.base.InvalidInputException;
import io.videottt.catalog.definition.PublishedCounts;
import io.videottt.catalog.definition.SplitDefinition;
import io.videottt.catalog.file.FileProblem;
import io.videottt.catalog.file.Leftovers;
import io.videottt.catalog.file.Problems;
import io.videottt.catalog.file.Tally;
import io.videottt.catalog.file.TruthWarning;
import io.videottt.catalog.folders.FileVideo;
import io.videottt.catalog.image.LabelMap;
import io.videottt.catalog.image.RgbImage;
import io.videottt.catalog.truth.StoredTruth;
import io.videottt.catalog.video.FrameReader;
import io.videottt.catalog.video.GroundTruth;
import io.videottt.catalog.video.Video;
import io.videottt.metrics.SemanticCounts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads every file of a split, one at a time, and collects what is wrong instead of stopping. */
final class CatalogChecker {

  private static final int EXAMPLES = 10;

  private final Problems collected = new Collected();
  private final DataSet dataSet;
  private final String split;
  private final Tally<FileProblem.Kind> problems = new Tally<>(FileProblem.Kind.class);
  private final Tally<TruthWarning> warnings = new Tally<>(TruthWarning.class);
  private final long[] pixels;
  private final long[] segments;
  private final long[] objects;
  private long ignoredPixels;
  private int videos;
  private long frames;
  private long annotatedFrames;
  private long others;
  private final List<String> otherExamples = new ArrayList<>();
  private final Map<String, Long> framesOf = new LinkedHashMap<>();
  private final List<String> notes = new ArrayList<>();

  CatalogChecker(DataSet dataSet, String split) {
    this.dataSet = dataSet;
    this.split = split;
    int classCount = dataSet.definition().classCount();
    this.pixels = new long[classCount];
    this.segments = new long[classCount];
    this.objects = new long[classCount];
  }

  CatalogCheck.Split check() {
    attempt(() -> dataSet.videoIds(split))
        .ifPresent(
            ids -> {
              for (String id : ids) {
                videos++;
                long before = frames;
                collect(() -> check(dataSet.listed(split, id)));
                framesOf.put(id, frames - before);
              }
              collect(() -> add(dataSet.leftovers(split)));
              comparePublished();
            });
    return new CatalogCheck.Split(
        split,
        videos,
        frames,
        annotatedFrames,
        pixels,
        ignoredPixels,
        segments,
        objects,
        new Tally.Found(others, List.copyOf(otherExamples)),
        problems.found(),
        warnings.found(),
        List.copyOf(notes));
  }

  /** A split that is limited on purpose is not held to what was published. */
  private void comparePublished() {
    SplitDefinition definition = dataSet.definition().split(split);
    PublishedCounts published = definition.published();
    if (published == null || definition.limit() > 0) {
      return;
    }
    published
        .videos()
        .forEach(
            (video, expected) -> {
              long found = framesOf.getOrDefault(video, 0L);
              if (found != expected) {
                record(notAsPublished("video %s has ".formatted(video), found, expected));
              }
            });
    framesOf.keySet().stream()
        .filter(video -> !published.videos().isEmpty() && !published.videos().containsKey(video))
        .forEach(
            video ->
                record(notAsPublished("video %s has ".formatted(video), framesOf.get(video), 0)));
    if (published.videos().isEmpty() && frames != published.frames()) {
      record(notAsPublished("", frames, published.frames()));
    }
  }

  private FileProblem notAsPublished(String what, long found, long expected) {
    return new FileProblem(
        FileProblem.Kind.NOT_AS_PUBLISHED,
        String.format(
            Locale.ROOT,
            "data set %s, split %s: %s%,d frames, %s",
            dataSet.definition().name(),
            split,
            what,
            found,
            expected == 0 ? "which is not published" : "%,d are published".formatted(expected)));
  }

  private void check(Video video) {
    Optional<FileVideo> files = ShiftedVideo.files(video);
    if (files.isPresent()) {
      check(files.get());
      return;
    }
    video
        .unmatched()
        .forEach(message -> record(new FileProblem(FileProblem.Kind.NOT_READ, message)));
    notes.addAll(video.notes());
    try (FrameReader reader = video.reader()) {
      for (int i = 0; i < video.frameCount(); i++) {
        int index = i;
        frames++;
        Optional<GroundTruth> truth = attempt(() -> reader.read(index).truth());
        truth.filter(known -> !known.equals(GroundTruth.none())).ifPresent(this::count);
        int after = video.frameCount() - 1 - index;
        if (truth.isEmpty() && after > 0 && video.oneFile()) {
          notes.add("%s: the %d frames after it were not looked at".formatted(video.id(), after));
          return;
        }
      }
    }
  }

  private void add(Leftovers left) {
    left.problems().forEach(this::record);
    others += left.others().size();
    left.others().stream()
        .limit(EXAMPLES - otherExamples.size())
        .forEach(path -> otherExamples.add(path.toString()));
  }

  /** Looks at the images and at the ground truth, whatever is wrong with the other. */
  private void check(FileVideo video) {
    add(video.leftovers());
    Optional<List<FileProblem>> ofVideo = attempt(() -> video.truths().problems());
    ofVideo.ifPresent(found -> found.forEach(this::record));
    for (int i = 0; i < video.frameCount(); i++) {
      int index = i;
      frames++;
      Optional<RgbImage> image = attempt(() -> video.readImage(index));
      // Where a file of many frames cannot be read, it is not tried again for each of them.
      if (ofVideo.isPresent()) {
        collect(
            () -> video.storedTruth(index).ifPresent(truth -> check(video, index, image, truth)));
      }
    }
  }

  private void check(FileVideo video, int index, Optional<RgbImage> image, StoredTruth stored) {
    GroundTruth truth = stored.read(collected);
    count(truth);
    image.ifPresent(pixels -> video.requireSameSize(index, pixels, stored.source(), truth));
  }

  private void count(GroundTruth truth) {
    annotatedFrames++;
    truth.labels().ifPresent(this::countLabels);
    truth.panoptic().ifPresent(map -> map.segments().forEach(s -> segments[s.classId()]++));
    truth.instances().ifPresent(list -> list.forEach(object -> objects[object.classId()]++));
  }

  private void countLabels(LabelMap map) {
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
    FileProblem.Kind kind =
        problem instanceof FileProblem file ? file.kind() : FileProblem.Kind.MISSING;
    problems.add(kind, 1, problem.getMessage());
  }

  /** Takes notice of whatever a reader finds. */
  private final class Collected implements Problems {

    @Override
    public void add(FileProblem problem) {
      record(problem);
    }

    @Override
    public Optional<Tally<TruthWarning>> warnings() {
      return Optional.of(warnings);
    }
  }
}
