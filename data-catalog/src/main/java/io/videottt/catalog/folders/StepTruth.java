package io.videottt.catalog.folders;

import io.videottt.base.Task;
import io.videottt.catalog.definition.SourceClasses;
import io.videottt.catalog.file.FileProblem;
import io.videottt.catalog.file.Problems;
import io.videottt.catalog.file.TruthWarning;
import io.videottt.catalog.image.LabelEncoding;
import io.videottt.catalog.image.LabelMap;
import io.videottt.catalog.truth.StoredTruth;
import io.videottt.catalog.video.GroundTruth;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Ground truth of a KITTI-STEP frame with a gray image of class ids beside its panoptic map. The
 * paper's released code scores semantic segmentation by the gray image, and so does this; the map
 * serves the other tasks.
 *
 * @param gray the image of class ids, of one channel
 * @param size JSON file with the frame's size, absent where there is none
 * @param map the panoptic map, which need not be there where no other task is asked for
 * @param tasks what is asked for, semantic segmentation among it
 */
record StepTruth(
    Path gray,
    Optional<Path> size,
    Path map,
    Set<Task> tasks,
    SourceClasses classes,
    Configuration hadoop)
    implements StoredTruth {

  @Override
  public String source() {
    return gray.toString();
  }

  @Override
  public GroundTruth read(Problems problems) {
    LabelMap labels =
        new LabelImage(gray, LabelEncoding.SINGLE_CHANNEL, classes, hadoop)
            .read(problems)
            .labels()
            .orElseThrow();
    size.ifPresent(file -> requireSize(file, labels, problems));
    Set<Task> others = EnumSet.copyOf(tasks);
    others.remove(Task.SEMANTIC);
    if (others.isEmpty()) {
      return GroundTruth.ofLabels(labels);
    }
    GroundTruth segments = others(others, labels, problems);
    return new GroundTruth(
        Optional.of(labels), segments.panoptic(), segments.instances(), segments.stuff());
  }

  private void requireSize(Path file, LabelMap labels, Problems problems) {
    StepFrameSize stated;
    try {
      stated = StepFrameSize.read(file, hadoop);
    } catch (FileProblem e) {
      problems.add(e);
      return;
    }
    if (stated.height() != labels.height() || stated.width() != labels.width()) {
      problems.add(
          new FileProblem(
              FileProblem.Kind.WRONG_SIZE,
              "%s: %d x %d pixels, but %s says %d x %d (width x height)"
                  .formatted(
                      gray,
                      labels.width(),
                      labels.height(),
                      file,
                      stated.width(),
                      stated.height())));
    }
  }

  /** What the map says; nothing where it cannot be read and defects are collected. */
  private GroundTruth others(Set<Task> others, LabelMap labels, Problems problems) {
    boolean compared = problems.warnings().isPresent();
    Set<Task> wanted = EnumSet.copyOf(others);
    if (compared) {
      wanted.add(Task.SEMANTIC);
    }
    GroundTruth truth;
    try {
      truth = new StepPanopticMap(map, wanted, classes, hadoop).read(problems);
    } catch (FileProblem e) {
      problems.add(e);
      return GroundTruth.none();
    }
    if (compared) {
      compare(labels, truth.labels().orElseThrow(), problems);
    }
    return truth;
  }

  private void compare(LabelMap labels, LabelMap ofMap, Problems problems) {
    if (labels.height() != ofMap.height() || labels.width() != ofMap.width()) {
      problems.add(
          new FileProblem(
              FileProblem.Kind.WRONG_SIZE,
              "%s: %d x %d pixels, but %s has %d x %d (width x height)"
                  .formatted(
                      gray, labels.width(), labels.height(), map, ofMap.width(), ofMap.height())));
      return;
    }
    int first = -1;
    long different = 0;
    byte[] here = labels.labels();
    byte[] there = ofMap.labels();
    for (int i = 0; i < here.length; i++) {
      if (here[i] != there[i]) {
        different++;
        first = first < 0 ? i : first;
      }
    }
    if (different > 0) {
      String example =
          "%s: %d pixels are of another class in %s, the first at row %d, column %d"
              .formatted(gray, different, map, first / labels.width(), first % labels.width());
      long count = different;
      problems.warnings().ifPresent(tally -> tally.add(TruthWarning.OTHER_CLASSES, count, example));
    }
  }
}
