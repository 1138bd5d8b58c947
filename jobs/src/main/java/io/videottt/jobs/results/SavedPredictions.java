package io.videottt.jobs.results;

import io.videottt.base.InvalidInputException;
import io.videottt.base.Sha256;
import io.videottt.base.Task;
import io.videottt.io.storage.Storage;
import io.videottt.jobs.saved.FrameFiles;
import io.videottt.jobs.saved.SaveKind;
import io.videottt.jobs.sweep.plan.Unit;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The predictions in a sweep's output folder:
 *
 * <pre>
 * saved/       UNIT.json   written when all files of a unit are there: without it they do not count
 * saved/truth/ HASH.json   the same for a video's ground truth
 * predictions/ dataset=D/task=T/method=M/video=V/UNIT/   files of frames, lists of all frames
 * predictions/ truth/dataset=D/split=S/task=T/video=V/   the ground truth in the same formats
 * pictures/    UNIT/       small pictures, of which videos are made
 * videos/      dataset=D/split=S/task=T/video=V/         videos of pictures beside each other
 * </pre>
 */
public final class SavedPredictions {

  /** Folder of the records. */
  private static final String SAVED = "saved";

  private static final String PREDICTIONS = "predictions";
  private static final String PICTURES = "pictures";
  private static final String VIDEOS = "videos";
  private static final String JSON = ".json";

  /** A record of some hundred thousand frames. */
  private static final int LARGEST_RECORD = 1 << 27;

  private final Path root;
  private final Configuration hadoop;
  private final Storage storage;

  /** Those of an output folder. */
  public SavedPredictions(ResultsFolder results, Configuration hadoop) throws IOException {
    this(results.root(), hadoop);
  }

  SavedPredictions(Path root, Configuration hadoop) throws IOException {
    this.root = root;
    this.hadoop = hadoop;
    this.storage = Storage.of(root, hadoop);
  }

  private Path record(String unitId) {
    return new Path(root, SAVED + "/" + unitId + JSON);
  }

  /** The files of a unit. */
  public FrameFiles files(Unit unit, Set<SaveKind> kinds) {
    return files(unit.id(), unit.dataset(), unit.task(), unit.method().id(), unit.video(), kinds);
  }

  private FrameFiles files(
      String id, String dataset, Task task, String method, String video, Set<SaveKind> kinds) {
    String folder =
        "%s/dataset=%s/task=%s/method=%s/%s/%s"
            .formatted(PREDICTIONS, dataset, task.id(), method, VideoFolderName.of(video), id);
    return new FrameFiles(new Path(root, folder), new Path(root, PICTURES + "/" + id), task, kinds);
  }

  /** The ground truth of a video. */
  public Path truth(String dataset, String split, Task task, String video) {
    return new Path(root, PREDICTIONS + "/truth/" + place(dataset, split, task, video));
  }

  /** The videos of pictures beside each other. */
  public Path videos(String dataset, String split, Task task, String video) {
    return new Path(root, VIDEOS + "/" + place(dataset, split, task, video));
  }

  private static String place(String dataset, String split, Task task, String video) {
    return "dataset=%s/split=%s/task=%s/%s"
        .formatted(dataset, split, task.id(), VideoFolderName.of(video));
  }

  /** Where files of a run are written before they are renamed. */
  public Path temporary(String run) {
    return new Path(root, "_tmp/" + run);
  }

  /**
   * What is kept of a unit.
   *
   * @return empty where nothing is, or its record is damaged
   * @throws IOException when it cannot be read
   */
  public Optional<SavedUnit> find(String unitId) throws IOException {
    Path file = record(unitId);
    try {
      SavedUnit saved = SavedUnit.read(storage.read(file, LARGEST_RECORD), file.toString());
      return saved.unit().equals(unitId) ? Optional.of(saved) : Optional.empty();
    } catch (FileNotFoundException | InvalidInputException e) {
      return Optional.empty();
    }
  }

  /** Whether everything that is wanted of a unit is there, no file missing. */
  public boolean isWhole(Unit unit, Set<SaveKind> wanted) throws IOException {
    Optional<SavedUnit> saved = find(unit.id());
    return saved.isPresent()
        && saved.get().holds(wanted)
        && files(unit, wanted).missing(saved.get().names(), hadoop).isEmpty();
  }

  /** The same of a unit of a plan. */
  public boolean isWhole(PlannedUnit unit, Set<SaveKind> wanted) throws IOException {
    Optional<SavedUnit> saved = find(unit.id());
    return saved.isPresent()
        && saved.get().holds(wanted)
        && files(
                unit.id(),
                unit.dataset(),
                Task.parse(unit.task(), "plan"),
                unit.method(),
                unit.video(),
                wanted)
            .missing(saved.get().names(), hadoop)
            .isEmpty();
  }

  /** Records that all files of a unit are there; what was kept before stays kept. */
  public void commit(
      Unit unit, Set<SaveKind> kinds, Collection<SavedUnit.SavedFrame> frames, String run)
      throws IOException {
    Set<SaveKind> all = SaveKind.set(kinds);
    find(unit.id()).ifPresent(before -> all.addAll(before.kinds()));
    write(record(unit.id()), SavedUnit.of(unit.id(), all, frames).json(), run);
  }

  /** Forgets a unit's predictions. */
  public void discard(Unit unit) throws IOException {
    storage.delete(record(unit.id()));
    FrameFiles files = files(unit, Set.of());
    storage.delete(files.folder());
    storage.delete(files.pictures());
  }

  /** Whether the ground truth of a video is there, of the data of an id. */
  public boolean hasTruth(Path truth, String data) throws IOException {
    return storage.exists(truthRecord(truth, data));
  }

  /** Records that the ground truth of a video is there. */
  public void commitTruth(Path truth, String data, String run) throws IOException {
    write(truthRecord(truth, data), "{}\n", run);
  }

  private Path truthRecord(Path truth, String data) {
    return new Path(
        root,
        SAVED + "/truth/" + Sha256.id(List.of(truth.getParent(), truth, data).toString()) + JSON);
  }

  /** When a file was written, in milliseconds; 0 where there is none. */
  public long written(Path file) throws IOException {
    try {
      return storage.fileSystem().getFileStatus(file).getModificationTime();
    } catch (FileNotFoundException e) {
      return 0;
    }
  }

  /** When the record of a unit was written, in milliseconds; 0 where there is none. */
  public long saved(Unit unit) throws IOException {
    return written(record(unit.id()));
  }

  private void write(Path file, String text, String run) throws IOException {
    storage.write(
        file, temporary(run), stream -> stream.write(text.getBytes(StandardCharsets.UTF_8)));
  }
}
