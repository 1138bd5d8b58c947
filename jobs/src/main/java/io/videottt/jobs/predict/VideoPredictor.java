package io.videottt.jobs.predict;

import io.videottt.adaptation.frames.WorkingSize;
import io.videottt.adaptation.inference.FramePredictor;
import io.videottt.adaptation.inference.TaskPrediction;
import io.videottt.adaptation.settings.PostProcessing;
import io.videottt.base.FailureReason;
import io.videottt.base.InvalidInputException;
import io.videottt.base.Task;
import io.videottt.catalog.film.FilmFormat;
import io.videottt.catalog.film.FilmWriter;
import io.videottt.catalog.film.VideoFilesLayout;
import io.videottt.catalog.image.RgbImage;
import io.videottt.catalog.video.Frame;
import io.videottt.catalog.video.FrameReader;
import io.videottt.catalog.video.GrayVideo;
import io.videottt.catalog.video.Video;
import io.videottt.io.storage.Storage;
import io.videottt.jobs.drawing.ImageFiles;
import io.videottt.jobs.drawing.Overlays;
import io.videottt.jobs.drawing.PredictionOverlay;
import io.videottt.jobs.saved.FrameFiles;
import io.videottt.jobs.saved.FrameFolder;
import io.videottt.jobs.saved.SaveKind;
import io.videottt.model.folder.SegmentationModel;
import io.videottt.model.tensor.Precision;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Predicts the frames of videos with a fixed model, one frame after the other, none of which stays
 * in memory: files for every frame, and a video of the predictions in the frames' own size.
 *
 * @param task what is predicted
 * @param height rows that the network works at, 0 for the frames' own
 * @param width columns that the network works at, 0 for the frames' own
 * @param precision that the network computes in
 * @param drawing of predictions, with the model's classes
 * @param postProcessing how segments and detections are made
 * @param kinds what is written
 * @param layout which frames of a film are taken
 * @param output folder of all results, any Hadoop path
 * @param hadoop how to reach files
 */
public record VideoPredictor(
    Task task,
    int height,
    int width,
    Precision precision,
    PredictionOverlay drawing,
    PostProcessing postProcessing,
    Set<SaveKind> kinds,
    VideoFilesLayout layout,
    String output,
    SerializableConfiguration hadoop)
    implements Serializable {

  /** Keeps the kinds from being changed. */
  public VideoPredictor {
    kinds = SaveKind.set(kinds);
  }

  /**
   * What became of a video.
   *
   * @param frames that were predicted
   * @param failures why others were not, naming their files
   */
  public record Outcome(int frames, List<String> failures) implements Serializable {}

  /** Hears how far a video is. */
  @FunctionalInterface
  public interface Progress {

    /** Hears of nothing. */
    Progress NONE = (done, frames) -> {};

    /** After every frame. */
    void frame(int done, int frames);
  }

  /**
   * Checks that the model can do the task.
   *
   * @throws InvalidInputException when it cannot
   */
  public void requireFit(SegmentationModel model) {
    // Pixels can be of any classes, those of a data set need not be known.
    if (task != Task.SEMANTIC || !model.configuration().tasks().contains(task)) {
      predictor(model).require(task);
    }
  }

  private FramePredictor predictor(SegmentationModel model) {
    return new FramePredictor(
        model,
        new WorkingSize(height, width, 0, 0),
        drawing.classes().definitions(),
        postProcessing);
  }

  /** What a film's results are called: its folder below the output has its name. */
  public Path folder(Path film) {
    return Storage.child(new Path(output), film.getName());
  }

  /**
   * Checks that no result takes a film's place.
   *
   * @throws InvalidInputException naming the film
   */
  public void requireApart(List<Path> films) {
    for (Path film : films) {
      try {
        Storage storage = Storage.of(new Path(output), hadoop.value());
        if (storage.qualified(folder(film)).equals(storage.qualified(film))) {
          throw new InvalidInputException(
              "%s would be in the place of its results; choose another --output".formatted(film));
        }
      } catch (IOException e) {
        throw new InvalidInputException(
            "%s: cannot be reached (%s)".formatted(output, FailureReason.of(e)), e);
      }
    }
  }

  /**
   * Predicts a film into a folder of its name. A film that breaks leaves nothing.
   *
   * @throws InvalidInputException naming the film and the frame, when it breaks, or a file that
   *     cannot be written
   */
  public Outcome film(SegmentationModel model, Path film, Progress progress) {
    return video(model, layout.film(film, hadoop.value()), folder(film), progress);
  }

  /** As {@link #film}, with what is wrong with the film in the outcome. */
  Outcome filmOrReason(SegmentationModel model, String film) {
    try {
      return film(model, new Path(film), Progress.NONE);
    } catch (InvalidInputException e) {
      return new Outcome(0, List.of(e.getMessage()));
    }
  }

  /**
   * Predicts pictures as the frames of one video, into the output folder itself. One that cannot be
   * read is named, the others go on.
   *
   * @param framesPerSecond of the video
   */
  public Outcome pictures(
      SegmentationModel model,
      List<Path> pictures,
      ResultNames names,
      double framesPerSecond,
      Progress progress) {
    Video video =
        new PictureVideo(
            task.id(), pictures, names, framesPerSecond, new ImageFiles(hadoop.value()));
    return video(model, video, new Path(output), progress);
  }

  private Outcome video(SegmentationModel model, Video inColour, Path folder, Progress progress) {
    Video video = task.seesGray() ? new GrayVideo(inColour) : inColour;
    List<String> names = new ArrayList<>();
    for (int i = 0; i < video.frameCount(); i++) {
      names.add(video.frameName(i));
    }
    Configuration configuration = hadoop.value();
    Set<SaveKind> files = SaveKind.set(kinds);
    files.remove(SaveKind.VIDEO);
    FrameFolder target =
        new FrameFolder(
            new FrameFiles(folder, folder, task, files), folder, configuration, drawing, names);
    FramePredictor predictor = predictor(model);
    List<String> done = new ArrayList<>();
    List<String> failures = new ArrayList<>();
    boolean finished = false;
    try (FrameReader reader = video.reader();
        Shown shown = new Shown(video, folder)) {
      for (int i = 0; i < video.frameCount(); i++) {
        Optional<Frame> read = read(video, reader, i, failures);
        if (read.isPresent()) {
          Frame frame = read.get();
          TaskPrediction prediction =
              precision.within(() -> predictor.predict(frame.image(), List.of(task)).get(0));
          if (shown.takes(frame, failures)) {
            target.write(frame.name(), frame.image(), prediction);
            done.add(frame.name());
            shown.write(frame, prediction);
          }
        }
        progress.frame(i + 1, video.frameCount());
      }
      if (!done.isEmpty()) {
        target.finish(done);
        shown.finish();
        target.clean();
      }
      finished = true;
      return new Outcome(done.size(), failures);
    } catch (IOException e) {
      throw new InvalidInputException(
          "%s: cannot be read or written to (%s)".formatted(folder, FailureReason.of(e)), e);
    } finally {
      if (!finished) {
        removeWherePossible(target, done);
      }
    }
  }

  private static void removeWherePossible(FrameFolder target, List<String> names) {
    try {
      target.remove(names);
    } catch (IOException e) {
      // What stopped the video is said; that its folder cannot be reached either says no more.
      return;
    }
  }

  private static Optional<Frame> read(
      Video video, FrameReader reader, int index, List<String> failures) {
    try {
      return Optional.of(reader.read(index));
    } catch (InvalidInputException e) {
      if (video.oneFile()) {
        throw e;
      }
      failures.add(e.getMessage());
      return Optional.empty();
    }
  }

  /** The video of the predictions, where one is wanted; begun with the first frame. */
  private final class Shown implements AutoCloseable {

    private final Video video;
    private final Path folder;
    private Frame first;
    private FilmWriter writer;

    Shown(Video video, Path folder) {
      this.video = video;
      this.folder = folder;
    }

    /** Whether a frame has the size of the first. */
    boolean takes(Frame frame, List<String> failures) {
      if (!kinds.contains(SaveKind.VIDEO) || first == null) {
        first = frame;
        return true;
      }
      RgbImage image = frame.image();
      if (image.height() == first.image().height() && image.width() == first.image().width()) {
        return true;
      }
      failures.add(
          "%s is %d x %d, the first frame %d x %d (width x height): a video has frames of one size"
              .formatted(
                  frame.name(),
                  image.width(),
                  image.height(),
                  first.image().width(),
                  first.image().height()));
      return false;
    }

    void write(Frame frame, TaskPrediction prediction) {
      if (!kinds.contains(SaveKind.VIDEO)) {
        return;
      }
      RgbImage picture = Overlays.image(drawing.draw(frame.image(), prediction));
      if (writer == null) {
        FilmFormat format = FilmFormat.of(picture.height(), picture.width());
        writer =
            new FilmWriter(
                Storage.child(folder, task.id() + "." + format.extension()),
                folder,
                hadoop.value(),
                picture.height(),
                picture.width(),
                video.framesPerSecond());
      }
      writer.write(picture);
    }

    void finish() {
      if (writer != null) {
        writer.finish();
      }
    }

    @Override
    public void close() {
      if (writer != null) {
        writer.close();
      }
    }
  }
}
