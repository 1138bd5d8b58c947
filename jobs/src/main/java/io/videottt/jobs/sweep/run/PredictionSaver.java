package io.videottt.jobs.sweep.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.videottt.adaptation.inference.TaskPrediction;
import io.videottt.adaptation.scoring.FrameResult;
import io.videottt.adaptation.scoring.PreviewRenderer;
import io.videottt.adaptation.stream.TaskOutcome;
import io.videottt.base.InvalidInputException;
import io.videottt.base.Task;
import io.videottt.catalog.video.Frame;
import io.videottt.catalog.video.Video;
import io.videottt.io.config.BoundedJson;
import io.videottt.io.storage.Storage;
import io.videottt.jobs.drawing.PredictedClasses;
import io.videottt.jobs.drawing.PredictionOverlay;
import io.videottt.jobs.results.ResultsFolder;
import io.videottt.jobs.results.SavedPredictions;
import io.videottt.jobs.results.SavedUnit.SavedFrame;
import io.videottt.jobs.saved.FrameFiles;
import io.videottt.jobs.saved.FrameFolder;
import io.videottt.jobs.saved.SaveKind;
import io.videottt.jobs.sweep.plan.Unit;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Keeps the predictions of units that run together. A frame's files are written when it is
 * predicted, before any checkpoint can count it as done, so that a unit that goes on from one finds
 * them; the offline method's candidates are kept apart until the best is known. {@link #commit}
 * makes sure that none is missing.
 */
final class PredictionSaver {

  private static final JsonMapper MAPPER = BoundedJson.mapper().build();

  private final SavedPredictions saved;
  private final ResultsFolder results;
  private final Configuration hadoop;
  private final Set<SaveKind> kinds;
  private final String run;
  private final List<String> names;
  private final Map<Task, UnitFrames> units = new EnumMap<>(Task.class);
  private int iteration;

  /** What is kept of one unit. */
  private static final class UnitFrames {

    private final FrameFiles files;
    private final FrameFolder folder;
    private final Map<Integer, SavedFrame> frames = new TreeMap<>();
    private OptionalInt best = OptionalInt.empty();

    UnitFrames(FrameFiles files, FrameFolder folder) {
      this.files = files;
      this.folder = folder;
    }

    FrameFolder candidate(int iteration) {
      return iteration == 0
          ? folder
          : folder.in(candidate(files.folder(), iteration), candidate(files.pictures(), iteration));
    }

    private static Path candidate(Path folder, int iteration) {
      return new Path(folder, "_candidates/%09d".formatted(iteration));
    }

    void removeCandidate(Storage storage, int iteration) throws IOException {
      storage.delete(candidate(files.folder(), iteration));
      storage.delete(candidate(files.pictures(), iteration));
    }

    void removeCandidates(Storage storage) throws IOException {
      storage.delete(new Path(files.folder(), "_candidates"));
      storage.delete(new Path(files.pictures(), "_candidates"));
    }
  }

  /**
   * Keeps what is predicted of a video.
   *
   * @param units that run together
   * @param kinds what is kept; nothing of none
   * @param run whose unfinished files these are
   */
  PredictionSaver(
      List<Unit> units,
      Video video,
      PredictedClasses classes,
      Set<SaveKind> kinds,
      ResultsFolder results,
      String run,
      Configuration hadoop)
      throws IOException {
    this.saved = new SavedPredictions(results, hadoop);
    this.results = results;
    this.hadoop = hadoop;
    this.kinds = SaveKind.set(kinds);
    this.run = run;
    this.names = new ArrayList<>();
    if (kinds.isEmpty()) {
      return;
    }
    for (int i = 0; i < video.frameCount(); i++) {
      names.add(video.frameName(i));
    }
    PredictionOverlay drawing = PredictionOverlay.of(classes, PredictionOverlay.DRAW_THRESHOLD);
    for (Unit unit : units) {
      FrameFiles files = saved.files(unit, kinds);
      this.units.put(
          unit.task(),
          new UnitFrames(
              files, new FrameFolder(files, saved.temporary(run), hadoop, drawing, names)));
    }
  }

  /** Previews that see every frame after its files were written. */
  PreviewRenderer after(PreviewRenderer previews) {
    return (frame, prediction) -> {
      keep(frame, prediction);
      return previews.draw(frame, prediction);
    };
  }

  private void keep(Frame frame, TaskPrediction prediction) {
    UnitFrames unit = units.get(prediction.task());
    if (unit != null) {
      unit.candidate(iteration).write(frame.name(), frame.image(), prediction);
    }
  }

  /** Takes note of a frame's value. */
  void frame(FrameResult result) {
    UnitFrames unit = units.get(result.task());
    if (unit != null) {
      OptionalDouble value = result.value();
      unit.frames.put(
          result.index(),
          new SavedFrame(
              result.name(), value.isPresent() ? Double.valueOf(value.getAsDouble()) : null));
    }
  }

  /** The offline method is at an iteration; what it predicts now is that candidate's. */
  void training(int now) {
    iteration = now;
  }

  /** The offline method has a best candidate, which may be the one before. */
  void best(Task task, int best) {
    UnitFrames unit = units.get(task);
    if (unit == null) {
      return;
    }
    try {
      Storage storage = Storage.of(results.root(), hadoop);
      if (unit.best.isPresent() && unit.best.getAsInt() != best) {
        unit.removeCandidate(storage, unit.best.getAsInt());
      }
      if (iteration != best) {
        unit.removeCandidate(storage, iteration);
      }
      unit.best = OptionalInt.of(best);
    } catch (IOException e) {
      throw new InvalidInputException(
          "%s: candidates cannot be removed: %s".formatted(unit.files.folder(), e.getMessage()), e);
    }
  }

  /**
   * Makes sure that all files of a unit are there, and records it.
   *
   * @param before the frames' mean that the unit's rows have, where it has rows
   * @throws InvalidInputException when a frame is missing, or the rows say something else
   */
  void commit(Unit unit, TaskOutcome outcome, OptionalDouble before) throws IOException {
    if (kinds.isEmpty()) {
      return;
    }
    requireSame(unit, outcome, before);
    UnitFrames kept = units.get(unit.task());
    if (outcome.chosenIteration().isPresent()) {
      kept.candidate(outcome.chosenIteration().getAsInt()).moveTo(kept.folder);
    }
    kept.folder.finish(names);
    saved.commit(unit, kinds, kept.frames.values(), run);
  }

  /** Removes what predictions were made of, when rows and predictions are safe. */
  void clean() throws IOException {
    for (UnitFrames each : units.values()) {
      each.folder.clean();
      each.removeCandidates(Storage.of(results.root(), hadoop));
    }
  }

  /** Rows of another machine may differ in their last digits; maps and rows belong together. */
  private static void requireSame(Unit unit, TaskOutcome outcome, OptionalDouble before) {
    if (before.isEmpty()) {
      return;
    }
    double now = outcome.frameMean().orElse(Double.NaN);
    if (Double.compare(before.getAsDouble(), now) != 0) {
      throw new InvalidInputException(
          "its rows have the frame mean %s, computed again it is %s, as on another kind of machine%n--force %s computes rows and predictions together"
              .formatted(before.getAsDouble(), now, unit.id()));
    }
  }

  /** The frames' means that the descriptions of some units tell, which have rows. */
  static Map<Unit, OptionalDouble> means(List<Unit> units, ResultsFolder results)
      throws IOException {
    Map<Unit, OptionalDouble> means = new HashMap<>();
    for (Unit unit : units) {
      means.put(unit, mean(unit, results));
    }
    return means;
  }

  private static OptionalDouble mean(Unit unit, ResultsFolder results) throws IOException {
    try {
      double mean =
          MAPPER
              .readTree(results.description(unit.id()))
              .path("outcome")
              .path("frameMean")
              .asDouble(Double.NaN);
      return Double.isNaN(mean) ? OptionalDouble.empty() : OptionalDouble.of(mean);
    } catch (FileNotFoundException | JsonProcessingException | InvalidInputException e) {
      return OptionalDouble.empty();
    }
  }

  /** What a checkpoint's identity holds beside the adaptation's: frames before it are on disk. */
  Optional<String> identity() {
    return kinds.isEmpty() ? Optional.empty() : Optional.of(kinds.toString());
  }
}
