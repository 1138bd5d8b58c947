package io.videottt.jobs.trial;

import io.videottt.base.Task;
import io.videottt.catalog.image.ImageDecoder;
import io.videottt.catalog.image.LabelEncoding;
import io.videottt.catalog.image.LabelMap;
import io.videottt.catalog.video.Frame;
import io.videottt.catalog.video.FrameStream;
import io.videottt.catalog.video.Video;
import io.videottt.io.storage.Storage;
import io.videottt.jobs.saved.FrameFolder;
import io.videottt.metrics.BlockBootstrap;
import io.videottt.metrics.IntervalEstimate;
import io.videottt.metrics.PeakSignalToNoise;
import io.videottt.reports.page.TrialPage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.hadoop.conf.Configuration;

/**
 * What a film says of the fixed model and the adapting one.
 *
 * @param summary a sentence or two
 * @param rows for the page
 * @param meaning of the rows, a sentence for each
 * @param truth whether the film holds the truth of the task
 */
record TrialNumbers(
    String summary, List<TrialPage.Fact> rows, List<String> meaning, boolean truth) {

  /** Films of less are gray to the eye (Hasler and Suesstrunk: 15 is slightly colourful). */
  private static final double GRAY = 3;

  private static final int LARGEST_MAP = 1 << 28;

  private static final String ONE_FILM =
      "One film and one seed tell about this film. What test-time training brings is measured over many videos and seeds: docs/results.md.";

  static TrialNumbers of(
      Task task, Video film, TrialPass fixed, TrialPass online, Configuration hadoop)
      throws IOException {
    if (task == Task.SEMANTIC) {
      return segmentation(film, fixed, online, hadoop);
    }
    return fixed.trueColourfulness() < GRAY ? gray() : colours(film, fixed, online);
  }

  private static TrialNumbers gray() {
    return new TrialNumbers(
        "The film is gray: what its colours were nobody knows, so that nothing can be measured.",
        List.of(),
        List.of(
            "Colorization is scored against the film's own colours. This film has none, so that there is no number: the video is there to be looked at.",
            ONE_FILM),
        false);
  }

  private static TrialNumbers colours(Video film, TrialPass fixed, TrialPass online) {
    List<Double> ours = new ArrayList<>();
    List<Double> theirs = new ArrayList<>();
    for (int i = 0; i < fixed.values().size(); i++) {
      if (fixed.values().get(i) != null && online.values().get(i) != null) {
        theirs.add(fixed.values().get(i));
        ours.add(online.values().get(i));
      }
    }
    if (ours.isEmpty()) {
      return gray();
    }
    double mean = mean(ours);
    double before = mean(theirs);
    Optional<IntervalEstimate> difference =
        BlockBootstrap.standard(0).difference(List.of(array(theirs)), List.of(array(ours)));
    String interval =
        difference
            .filter(estimate -> estimate.sameVideos().exists())
            .map(
                estimate ->
                    String.format(
                        Locale.ROOT,
                        " [%+.2f, %+.2f]",
                        estimate.sameVideos().lower(),
                        estimate.sameVideos().upper()))
            .orElse("");
    boolean told = difference.map(estimate -> estimate.sameVideos().excludesZero()).orElse(false);
    OptionalDouble gray = grayPsnr(film);
    String doubt =
        interval.isEmpty()
            ? " over too few frames to tell it from chance"
            : told ? "" : ", which its interval does not tell from chance";
    String summary =
        String.format(
            Locale.ROOT,
            "Online test-time training %s %.2f dB%s: %.2f dB after %.2f dB of the fixed model.",
            mean >= before ? "gains" : "costs",
            Math.abs(mean - before),
            doubt,
            mean,
            before);
    if (gray.isPresent() && Math.max(mean, before) < gray.getAsDouble()) {
      summary +=
          String.format(
              Locale.ROOT,
              " Both are below the %.2f dB of the gray frames as they are: this model does not know such films.",
              gray.getAsDouble());
    }
    List<TrialPage.Fact> rows = new ArrayList<>();
    rows.add(
        new TrialPage.Fact("PSNR, fixed model", String.format(Locale.ROOT, "%.2f dB", before)));
    rows.add(
        new TrialPage.Fact("PSNR, online TTT-MAE", String.format(Locale.ROOT, "%.2f dB", mean)));
    rows.add(
        new TrialPage.Fact(
            "Difference" + (interval.isEmpty() ? "" : ", 95 % interval"),
            String.format(Locale.ROOT, "%+.2f dB", mean - before) + interval));
    gray.ifPresent(
        value ->
            rows.add(
                new TrialPage.Fact(
                    "PSNR, the gray frames as they are",
                    String.format(Locale.ROOT, "%.2f dB", value))));
    rows.add(
        new TrialPage.Fact(
            "Frames", "%d of %d with a value".formatted(ours.size(), fixed.values().size())));
    return new TrialNumbers(
        summary,
        rows,
        List.of(
            "The networks saw the film without its colours. PSNR compares the colours that they predict with the film's own, per frame, and is averaged over frames; higher is better.",
            "The luma is kept, so that even gray frames have a high PSNR: what a model adds is its distance from that of the gray frames.",
            interval.isEmpty()
                ? "The film is too short for an interval of the difference."
                : "The interval is of this film: frames drawn again in blocks of 10. If it holds 0, the difference may be chance.",
            ONE_FILM),
        true);
  }

  /** Of the gray frames themselves, averaged over frames. */
  private static OptionalDouble grayPsnr(Video film) {
    double sum = 0;
    int count = 0;
    try (FrameStream frames = film.stream()) {
      while (frames.hasNext()) {
        Frame frame = frames.next();
        byte[] truth = frame.truth().colours().orElseThrow().pixels();
        OptionalDouble value =
            PeakSignalToNoise.of(
                PeakSignalToNoise.squaredError(truth, frame.image().pixels()), truth.length);
        if (value.isPresent()) {
          sum += value.getAsDouble();
          count++;
        }
      }
    }
    return count == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / count);
  }

  private static TrialNumbers segmentation(
      Video film, TrialPass fixed, TrialPass online, Configuration hadoop) throws IOException {
    long changed = 0;
    long pixels = 0;
    for (int i = 0; i < film.frameCount(); i++) {
      byte[] one = labels(fixed.folder(), film.frameName(i), hadoop).labels();
      byte[] other = labels(online.folder(), film.frameName(i), hadoop).labels();
      for (int pixel = 0; pixel < one.length; pixel++) {
        changed += one[pixel] == other[pixel] ? 0 : 1;
      }
      pixels += one.length;
    }
    String share = String.format(Locale.ROOT, "%.1f %%", 100.0 * changed / pixels);
    return new TrialNumbers(
        "Online test-time training gives %s of the pixels another class than the fixed model. Nobody has annotated the film, so that no number says which is right: look at the video."
            .formatted(share),
        List.of(new TrialPage.Fact("Pixels of another class", share)),
        List.of(
            "The film has no annotation, so that there is no mIoU: how many pixels change says how much test-time training does, not whether it helps.",
            ONE_FILM),
        false);
  }

  private static LabelMap labels(FrameFolder folder, String name, Configuration hadoop)
      throws IOException {
    var file = folder.map(name);
    return ImageDecoder.decodeLabels(
        Storage.of(file, hadoop).read(file, LARGEST_MAP),
        file.toString(),
        LabelEncoding.SINGLE_CHANNEL);
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
  }

  private static double[] array(List<Double> values) {
    return values.stream().filter(Objects::nonNull).mapToDouble(Double::doubleValue).toArray();
  }
}
