package io.videottt.catalog;

import io.videottt.base.InvalidInputException;
import io.videottt.catalog.file.FileProblem;
import io.videottt.catalog.file.Problems;
import io.videottt.catalog.file.Tally;
import io.videottt.catalog.file.TruthWarning;
import io.videottt.catalog.folders.FileVideo;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** A look at the ground truth of a video for what is read as it stands, without its images. */
final class WarningScan implements Problems {

  private final Tally<TruthWarning> found = new Tally<>(TruthWarning.class);

  private WarningScan() {}

  /** What all frames of a video hold; nothing where its JSON file cannot be read. */
  static Tally<TruthWarning> of(FileVideo video) {
    WarningScan all = new WarningScan();
    try {
      // A file of many frames that cannot be read is not tried again for each of them.
      video.truths().problems();
    } catch (InvalidInputException e) {
      return all.found;
    }
    List<WarningScan> frames =
        IntStream.range(0, video.frameCount())
            .parallel()
            .mapToObj(index -> ofFrame(video, index))
            .toList();
    frames.forEach(frame -> all.found.add(frame.found));
    return all.found;
  }

  private static WarningScan ofFrame(FileVideo video, int index) {
    WarningScan scan = new WarningScan();
    try {
      video.storedTruth(index).ifPresent(truth -> truth.read(scan));
    } catch (InvalidInputException e) {
      // Said where the frame is read; it has no numbers that a warning could be about.
      return new WarningScan();
    }
    return scan;
  }

  @Override
  public void add(FileProblem problem) {
    throw problem;
  }

  @Override
  public Optional<Tally<TruthWarning>> warnings() {
    return Optional.of(found);
  }
}
