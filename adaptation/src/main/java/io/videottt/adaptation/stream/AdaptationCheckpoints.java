package io.videottt.adaptation.stream;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.videottt.adaptation.inference.FrameMemory;
import io.videottt.adaptation.scoring.FrameResult;
import io.videottt.adaptation.scoring.FrameResultLines;
import io.videottt.adaptation.step.ResumableState;
import io.videottt.base.FailureReason;
import io.videottt.base.InvalidInputException;
import io.videottt.base.Sha256;
import io.videottt.base.Task;
import io.videottt.io.storage.Storage;
import io.videottt.model.tensor.Safetensors;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The checkpoints of one unit, or of several that differ only in the task: from the last one a unit
 * goes on, after whatever stopped it, as if nothing had happened. A checkpoint holds f, g and the
 * optimiser's state, the predictions that are still to be averaged, the results of the frames so
 * far, and the position; the remembered frames are read from the video again, and random draws
 * depend on the position alone.
 *
 * <p>The folder counts with its {@code checkpoint.json}, which names the other files and is
 * replaced atomically. Two writers of one unit do each other no harm: their files have names of
 * their own, and what both write is equal. Thread-confined.
 */
public final class AdaptationCheckpoints {

  /** The file that a checkpoint counts with. */
  static final String INDEX = "checkpoint.json";

  /** Between two checkpoints lies so many times the work that the last one was: one percent. */
  private static final int LEAST_WORK_PER_COST = 100;

  private static final int LARGEST_FILE = 1 << 30;

  private final Path folder;
  private final Configuration hadoop;
  private final Map<String, String> identity;
  private final Duration interval;
  private final Consumer<String> notice;
  private final String writer = UUID.randomUUID().toString().substring(0, 8);

  private final Map<String, String> checksums = new HashMap<>();
  private List<String> parts = new ArrayList<>();
  private final Set<String> ownFiles = new HashSet<>();
  private long last = System.nanoTime();
  private long cost;

  /**
   * What a unit goes on from.
   *
   * @param progress how far it has come
   * @param results of a stream: of all frames before the position; offline: the best ones so far
   */
  record Resumed(CheckpointPosition progress, List<FrameResult> results) {}

  private AdaptationCheckpoints(
      Path folder,
      Configuration hadoop,
      Map<String, String> identity,
      Duration interval,
      Consumer<String> notice) {
    this.folder = folder;
    this.hadoop = hadoop;
    this.identity = new TreeMap<>(identity);
    this.interval = interval;
    this.notice = notice;
  }

  /** Neither reads nor writes any. */
  public static AdaptationCheckpoints none() {
    return new AdaptationCheckpoints(null, null, Map.of(), Duration.ZERO, message -> {});
  }

  /**
   * Checkpoints in a folder of their own.
   *
   * @param folder any Hadoop path; need not exist
   * @param identity everything that the results depend on; a checkpoint of another identity is
   *     refused
   * @param interval shortest time between two; however short, they take about one percent of the
   *     time at most. Zero to write one after every frame
   * @param notice hears, in one line, why a checkpoint that is there is not used
   */
  public static AdaptationCheckpoints in(
      Path folder,
      Configuration hadoop,
      Map<String, String> identity,
      Duration interval,
      Consumer<String> notice) {
    if (interval.isNegative()) {
      throw new IllegalArgumentException("interval is negative: " + interval);
    }
    return new AdaptationCheckpoints(folder, hadoop, identity, interval, notice);
  }

  /**
   * Restores the last checkpoint.
   *
   * @param tasks whose results are wanted; a checkpoint with more will do
   * @param state receives the tensors; absent where the method changes none
   * @param memory receives the predictions of earlier frames; absent where none are kept
   * @return empty where there is none that can be used
   */
  Optional<Resumed> resume(
      Set<Task> tasks, Optional<ResumableState> state, Optional<FrameMemory> memory) {
    if (folder == null) {
      return Optional.empty();
    }
    try {
      Storage storage = Storage.of(folder, hadoop);
      if (!storage.exists(new Path(folder, INDEX))) {
        return Optional.empty();
      }
      CheckpointIndex index = CheckpointIndex.read(storage, folder);
      index.requireOwn(identity, tasks);
      index.requireUndamaged(storage, folder);
      List<FrameResult> results = readResults(storage, index, tasks);
      requireWhole(index.progress(), results, tasks);
      if (memory.isPresent()) {
        restore(index, memory.get());
      }
      if (state.isPresent()) {
        restore(index, state.get());
      }
      // Another writer may still need its files, so they are kept until the unit ends.
      checksums.putAll(index.checksums());
      parts = index.tasks().equals(tasks) ? new ArrayList<>(index.results()) : new ArrayList<>();
      if (parts.isEmpty() && !results.isEmpty()) {
        parts.add(writeResults(storage, results, index.progress().position()));
      }
      last = System.nanoTime();
      return Optional.of(new Resumed(index.progress(), results));
    } catch (IOException | InvalidInputException e) {
      notice.accept(
          "%s: the checkpoint is not used, the unit starts again: %s"
              .formatted(folder, String.valueOf(e.getMessage()).replace('\n', ' ')));
      return Optional.empty();
    }
  }

  /** Whether it is time for another. */
  boolean due() {
    if (folder == null) {
      return false;
    }
    long since = System.nanoTime() - last;
    return since >= interval.toNanos()
        && (interval.isZero() || since >= LEAST_WORK_PER_COST * cost);
  }

  /** Whether results must be kept for {@link #write}. */
  boolean enabled() {
    return folder != null;
  }

  /**
   * Writes a checkpoint and makes it the last one.
   *
   * @param tasks of the results
   * @param state the tensors; absent where the method changes none
   * @param memory the predictions of earlier frames; absent where none are kept
   * @param results those since the last checkpoint, or all
   * @param all whether {@code results} replace those of the last checkpoint
   * @throws InvalidInputException when the folder cannot be written
   */
  void write(
      Set<Task> tasks,
      CheckpointPosition progress,
      Optional<ResumableState> state,
      Optional<FrameMemory> memory,
      List<FrameResult> results,
      boolean all) {
    long start = System.nanoTime();
    try {
      Storage storage = Storage.of(folder, hadoop);
      List<String> named = all ? new ArrayList<>() : new ArrayList<>(parts);
      named.add(writeResults(storage, results, progress.position()));
      String parameters = null;
      String optimizer = null;
      if (state.isPresent()) {
        parameters = writeTensors("parameters", progress, state.get().parameters());
        optimizer = writeTensors("optimizer", progress, state.get().memory());
      }
      String predictions = null;
      if (memory.isPresent()) {
        predictions = writeTensors("predictions", progress, memory.get().state());
      }
      CheckpointIndex index =
          CheckpointIndex.of(
              identity, tasks, progress, parameters, optimizer, predictions, named, checksums);
      byte[] json = index.json();
      storage.write(new Path(folder, INDEX), stream -> stream.write(json));
      parts = named;
      checksums.keySet().retainAll(index.files());
      removeOldFiles(storage, index);
    } catch (IOException e) {
      throw new InvalidInputException(
          "%s: a checkpoint cannot be written: %s".formatted(folder, FailureReason.of(e)), e);
    }
    last = System.nanoTime();
    cost = last - start;
  }

  /** Removes everything: the unit has ended. */
  public void remove() throws IOException {
    if (folder == null) {
      return;
    }
    Storage storage = Storage.of(folder, hadoop);
    storage.delete(new Path(folder, INDEX));
    storage.delete(folder);
  }

  private void removeOldFiles(Storage storage, CheckpointIndex index) throws IOException {
    Set<String> needed = index.files();
    for (String file : List.copyOf(ownFiles)) {
      if (!needed.contains(file)) {
        storage.delete(new Path(folder, file));
        ownFiles.remove(file);
      }
    }
  }

  private String name(String kind, int position, String suffix) {
    return "%s-%09d-%s.%s".formatted(kind, position, writer, suffix);
  }

  private String writeTensors(
      String kind, CheckpointPosition progress, Map<String, NDArray> tensors) {
    String file = name(kind, progress.position(), "safetensors");
    checksums.put(file, Safetensors.write(new Path(folder, file), hadoop, tensors));
    ownFiles.add(file);
    return file;
  }

  private String writeResults(Storage storage, List<FrameResult> results, int position)
      throws IOException {
    String file = name("results", position, "jsonl");
    MessageDigest digest = Sha256.digest();
    storage.write(
        new Path(folder, file),
        plain -> {
          OutputStream stream = new DigestOutputStream(plain, digest);
          for (FrameResult result : results) {
            stream.write((FrameResultLines.write(result) + "\n").getBytes(StandardCharsets.UTF_8));
          }
        });
    checksums.put(file, Sha256.hex(digest));
    ownFiles.add(file);
    return file;
  }

  private List<FrameResult> readResults(Storage storage, CheckpointIndex index, Set<Task> tasks)
      throws IOException {
    List<FrameResult> results = new ArrayList<>();
    for (String part : index.results()) {
      Path file = new Path(folder, part);
      String text = new String(storage.read(file, LARGEST_FILE), StandardCharsets.UTF_8);
      for (String line : text.lines().toList()) {
        FrameResult result = FrameResultLines.read(line, file.toString());
        if (tasks.contains(result.task())) {
          results.add(result);
        }
      }
    }
    return results;
  }

  private static void requireWhole(
      CheckpointPosition progress, List<FrameResult> results, Set<Task> tasks) {
    boolean stream = progress.candidates().isEmpty();
    if (stream && results.size() != (long) progress.position() * tasks.size()) {
      throw new InvalidInputException(
          "it holds %d results for %d frames and %d tasks"
              .formatted(results.size(), progress.position(), tasks.size()));
    }
  }

  private static void requireNamed(String file, String kind) {
    if (file == null) {
      throw new InvalidInputException("it has no " + kind);
    }
  }

  private void restore(CheckpointIndex index, ResumableState state) {
    requireNamed(index.parameters(), "parameters");
    requireNamed(index.optimizer(), "optimizer");
    Map<String, NDArray> parameters = Map.of();
    Map<String, NDArray> optimizer = Map.of();
    try {
      parameters = read(index.parameters(), state.manager());
      optimizer = read(index.optimizer(), state.manager());
      Set<String> expected = new TreeSet<>(state.parameters().keySet());
      if (!expected.equals(parameters.keySet())) {
        throw new InvalidInputException("it holds the parameters of another model");
      }
      state.restore(parameters, optimizer);
    } catch (InvalidInputException e) {
      state.startAgain();
      throw e;
    } finally {
      parameters.values().forEach(NDArray::close);
      optimizer.values().forEach(NDArray::close);
    }
  }

  private void restore(CheckpointIndex index, FrameMemory memory) {
    requireNamed(index.predictions(), "predictions");
    Map<String, NDArray> predictions = read(index.predictions(), memory.manager());
    try {
      memory.restore(predictions);
    } finally {
      predictions.values().forEach(NDArray::close);
    }
  }

  private Map<String, NDArray> read(String file, NDManager manager) {
    return Safetensors.read(new Path(folder, file), hadoop, manager);
  }
}
