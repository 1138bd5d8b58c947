package io.videottt.adaptation.training;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.videottt.adaptation.checkpoint.CheckpointChecksums;
import io.videottt.adaptation.checkpoint.CheckpointJson;
import io.videottt.base.FailureReason;
import io.videottt.base.InvalidInputException;
import io.videottt.io.config.SettingsReader;
import io.videottt.io.storage.Storage;
import io.videottt.model.folder.SegmentationModel;
import io.videottt.model.optimizer.Optimizer;
import io.videottt.model.tensor.Safetensors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * A training's output folder: the phases' results, the log, and checkpoints to go on from. A
 * checkpoint is a folder that counts when its last file is there; the newest one is gone on from,
 * and if it is damaged the one before, which is kept for that.
 */
final class TrainingFolder {

  private static final String CHECKPOINT = "checkpoint-";
  private static final String LOG = "training-log.jsonl";
  private static final String RESULT = "training.json";
  private static final String STATE = "state.json";
  private static final String OPTIMIZER = "optimizer.safetensors";
  private static final String MODEL = "model";
  private static final int LARGEST_STATE = 256 << 20;

  private final Path folder;
  private final Configuration hadoop;
  private final Storage storage;
  private final Consumer<String> notice;

  /** The last checkpoint that was written or found whole; null before. */
  private Path last;

  /**
   * @param notice hears, in one line, why a checkpoint that is there is not used
   */
  TrainingFolder(Path folder, Configuration hadoop, Consumer<String> notice) {
    this.folder = folder;
    this.hadoop = hadoop;
    this.notice = notice;
    try {
      this.storage = Storage.of(folder, hadoop);
      storage.fileSystem().mkdirs(folder);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  /**
   * A fresh training must not overwrite the results of another.
   *
   * @throws InvalidInputException naming what is there
   */
  void requireNoResult() {
    for (TrainingPhase phase : TrainingPhase.values()) {
      try {
        if (storage.exists(result(phase))) {
          throw new InvalidInputException(
              "%s exists and there is no checkpoint to go on from\nchoose another output folder"
                  .formatted(result(phase)));
        }
      } catch (IOException e) {
        throw unwritable(e);
      }
    }
  }

  /** The result of a training that has ended. */
  Optional<TrainingResult> readResult() {
    Path file = new Path(folder, RESULT);
    try {
      return storage.exists(file)
          ? Optional.of(read(file, TrainingResult.class))
          : Optional.empty();
    } catch (IOException e) {
      throw Storage.unreadable(file, e);
    }
  }

  /** Writes log and result, then removes the checkpoints. */
  void finish(TrainingResult result, List<String> log) {
    writeLog(log);
    try {
      replace(
          new Path(folder, RESULT),
          SettingsReader.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(result) + "\n");
      for (Path checkpoint : checkpoints()) {
        remove(checkpoint);
      }
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private Path result(TrainingPhase phase) {
    return new Path(folder, phase.id());
  }

  /**
   * Writes a phase's result.
   *
   * @param phase after which the model is written; the first one's result has no reconstruction
   *     decoder, the third one's has f and h as they were
   */
  void writeResult(TrainingPhase phase, SegmentationModel model) {
    if (phase == TrainingPhase.MAIN_TASK_ONLY) {
      model.saveWithoutReconstruction(result(phase), hadoop);
    } else {
      model.save(result(phase), hadoop);
    }
  }

  /** The state of the newest checkpoint that is not damaged, which is gone on from. */
  Optional<TrainingState> latestState() {
    last = latestCheckpoint().orElse(null);
    return Optional.ofNullable(last).map(path -> read(new Path(path, STATE), TrainingState.class));
  }

  /** The model of the same checkpoint. */
  SegmentationModel latestModel(Device device) {
    return SegmentationModel.load(new Path(last, MODEL), hadoop, device);
  }

  /** Restores an optimiser from the same checkpoint. */
  void restoreOptimizer(Optimizer optimizer, NDManager manager) {
    Path file = new Path(last, OPTIMIZER);
    Map<String, NDArray> state = Safetensors.read(file, hadoop, manager);
    try {
      optimizer.restore(state);
    } finally {
      state.values().forEach(NDArray::close);
    }
  }

  /** Writes a checkpoint, then the log, then removes all others but the one before. */
  void writeCheckpoint(TrainingState state, SegmentationModel model, Optimizer optimizer) {
    Path checkpoint =
        new Path(
            folder, "%s%d-%09d".formatted(CHECKPOINT, state.phase().ordinal(), state.iteration()));
    try {
      if (!isComplete(checkpoint)) {
        remove(checkpoint);
        model.save(new Path(checkpoint, MODEL), hadoop);
        Safetensors.write(new Path(checkpoint, OPTIMIZER), hadoop, optimizer.state());
        String json = SettingsReader.MAPPER.writeValueAsString(state);
        CheckpointChecksums.write(storage, checkpoint, STATE, json);
        replace(new Path(checkpoint, STATE), json);
      }
      writeLog(state.log());
      for (Path other : checkpoints()) {
        boolean before = last != null && other.getName().equals(last.getName());
        if (!before && !other.getName().equals(checkpoint.getName())) {
          remove(other);
        }
      }
      last = checkpoint;
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private void remove(Path checkpoint) throws IOException {
    storage.delete(new Path(checkpoint, STATE));
    storage.delete(checkpoint);
  }

  /** The state is written last and removed first: with it a checkpoint is whole. */
  private boolean isComplete(Path checkpoint) throws IOException {
    return storage.exists(new Path(checkpoint, STATE));
  }

  private void writeLog(List<String> lines) {
    try {
      replace(new Path(folder, LOG), String.join("\n", lines) + "\n");
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private void replace(Path file, String text) throws IOException {
    storage.write(file, stream -> stream.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Refuses to go on with somebody else's checkpoint.
   *
   * @throws InvalidInputException naming what differs
   */
  void requireSameTraining(Map<String, String> before, Map<String, String> identity) {
    TreeSet<String> keys = new TreeSet<>(identity.keySet());
    keys.addAll(before.keySet());
    List<String> different = new ArrayList<>();
    for (String key : keys) {
      String here = identity.get(key);
      String there = before.get(key);
      if (here == null || !here.equals(there)) {
        different.add("%s (there %s, now %s)".formatted(key, there, here));
      }
    }
    if (!different.isEmpty()) {
      throw new InvalidInputException(
          "%s holds a checkpoint of another training: %s differ\nchoose another output or delete it"
              .formatted(folder, String.join("; ", different)));
    }
  }

  private <T> T read(Path file, Class<T> type) {
    try {
      return CheckpointJson.read(storage, file, LARGEST_STATE, type);
    } catch (InvalidInputException e) {
      throw new InvalidInputException(
          e.getMessage() + "\ndelete it or choose another output folder", e);
    } catch (IOException e) {
      throw Storage.unreadable(file, e);
    }
  }

  private Optional<Path> latestCheckpoint() {
    try {
      List<Path> newestFirst = new ArrayList<>(checkpoints());
      newestFirst.sort(Comparator.comparing(Path::getName).reversed());
      for (Path checkpoint : newestFirst) {
        if (isComplete(checkpoint) && isUndamaged(checkpoint)) {
          return Optional.of(checkpoint);
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw new InvalidInputException(
          "cannot list %s: %s".formatted(folder, FailureReason.of(e)), e);
    }
  }

  private boolean isUndamaged(Path checkpoint) throws IOException {
    try {
      Optional<CheckpointChecksums> checksums = CheckpointChecksums.read(storage, checkpoint);
      if (checksums.isPresent()) {
        checksums.get().require(storage, checkpoint);
      } else {
        notice.accept(
            "%s is of an earlier version and holds no checksums: damage would not be seen"
                .formatted(checkpoint));
      }
      return true;
    } catch (InvalidInputException e) {
      // It would be taken for whole by its name alone when it is written again.
      storage.delete(new Path(checkpoint, STATE));
      notice.accept(
          "the checkpoint is not used, training goes on from an earlier one or starts again: "
              + e.getMessage().replace('\n', ' '));
      return false;
    }
  }

  private List<Path> checkpoints() throws IOException {
    return storage.foldersIn(folder).stream()
        .filter(path -> path.getName().startsWith(CHECKPOINT))
        .toList();
  }

  private InvalidInputException unwritable(IOException e) {
    return new InvalidInputException(
        "cannot write below %s: %s\ngive an output folder that can be written"
            .formatted(folder, FailureReason.of(e)),
        e);
  }
}
