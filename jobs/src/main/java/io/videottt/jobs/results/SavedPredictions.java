package io.videottt.jobs.results;

import io.videottt.base.InvalidInputException;
import io.videottt.base.NaturalOrder;
import io.videottt.base.Sha256;
import io.videottt.base.Task;
import io.videottt.catalog.film.FilmFormat;
import io.videottt.io.storage.Storage;
import io.videottt.jobs.saved.FrameFiles;
import io.videottt.jobs.saved.SaveKind;
import io.videottt.jobs.sweep.plan.Unit;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The predictions in a sweep's output folder:
 *
 * <pre>
 * saved/       UNIT.json   written when all files of a unit are there: without it, or with a file
 *                          of another size or none, they do not count
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

  /** Of a video of pictures beside each other. */
  private static final Pattern PLACE =
      Pattern.compile(
          ".*/videos/dataset=(?<dataset>[^/]+)/split=(?<split>[^/]+)/task=(?<task>%s)/(?<video>video=[^/]+)/[^/]+"
              .formatted(
                  Arrays.stream(Task.values()).map(Task::id).collect(Collectors.joining("|"))));

  /** A record of some hundred thousand frames. */
  private static final int LARGEST_RECORD = 1 << 27;

  /** A video and a task, which units of all methods have in common. */
  public record VideoTask(String dataset, String split, Task task, String video) {

    private String place() {
      return "dataset=%s/split=%s/task=%s/%s"
          .formatted(dataset, split, task.id(), VideoFolderName.of(video));
    }

    /** Whether a ground truth is kept beside predictions; of colorization it is the video. */
    private boolean keepsTruth(Set<SaveKind> kinds) {
      return kinds.contains(SaveKind.PREDICTIONS) && !task.seesGray();
    }
  }

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

  private Path truth(VideoTask of) {
    return new Path(root, PREDICTIONS + "/truth/" + of.place());
  }

  /** The videos of pictures beside each other. */
  public Path videos(String dataset, String split, Task task, String video) {
    return new Path(root, VIDEOS + "/" + new VideoTask(dataset, split, task, video).place());
  }

  /** Where all of them are. */
  public static Path videos(Path root) {
    return new Path(root, VIDEOS);
  }

  /**
   * A video of pictures beside each other, by what its folders say.
   *
   * @param video id, or its beginning where the folder's name holds no more
   */
  public record Comparison(Path file, String dataset, String split, String task, String video) {}

  /** The videos of pictures beside each other that are there, in natural order of their places. */
  public List<Comparison> comparisons() throws IOException {
    return storage.filesBelow(videos(root), "").stream()
        .filter(SavedPredictions::isFilm)
        .sorted(Comparator.comparing(Path::toString, NaturalOrder.INSTANCE))
        .map(SavedPredictions::comparison)
        .flatMap(Optional::stream)
        .toList();
  }

  private static boolean isFilm(Path file) {
    return Arrays.stream(FilmFormat.values())
        .anyMatch(format -> file.getName().endsWith("." + format.extension()));
  }

  /** What the file of a program or person other than this one is, nobody knows. */
  private static Optional<Comparison> comparison(Path file) {
    Matcher place = PLACE.matcher(file.toString());
    return place.matches()
        ? Optional.of(
            new Comparison(
                file,
                place.group("dataset"),
                place.group("split"),
                place.group("task"),
                VideoFolderName.video(place.group("video"))))
        : Optional.empty();
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

  /**
   * Whether everything that is wanted of a unit is there, its ground truth too where predictions
   * are wanted: every file, with the size that it was written with.
   */
  public boolean isWhole(Unit unit, Set<SaveKind> wanted) throws IOException {
    return isWhole(unit.id(), files(unit, wanted))
        && hasTruth(new VideoTask(unit.dataset(), unit.split(), unit.task(), unit.video()), wanted);
  }

  /** The same of a unit of a plan. */
  public boolean isWhole(PlannedUnit unit, Set<SaveKind> wanted) throws IOException {
    Task task = Task.parse(unit.task(), "plan");
    return isWhole(
            unit.id(), files(unit.id(), unit.dataset(), task, unit.method(), unit.video(), wanted))
        && hasTruth(new VideoTask(unit.dataset(), unit.split(), task, unit.video()), wanted);
  }

  private boolean isWhole(String unitId, FrameFiles wanted) throws IOException {
    Optional<SavedUnit> saved = find(unitId);
    if (saved.isEmpty() || !saved.get().holds(wanted.kinds())) {
      return false;
    }
    List<String> frames = saved.get().names();
    List<SavedFile> recorded = saved.get().files();
    return SavedFile.areWhole(wanted.folder(), wanted.names(frames), recorded, hadoop)
        && SavedFile.areWhole(wanted.pictures(), wanted.pictureNames(frames), recorded, hadoop);
  }

  private boolean hasTruth(VideoTask of, Set<SaveKind> wanted) throws IOException {
    if (!of.keepsTruth(wanted)) {
      return true;
    }
    Optional<SavedTruth> saved = findTruth(of);
    return saved.isPresent() && isWhole(truth(of), saved.get());
  }

  /** Records that all files of a unit are there; what was kept before stays kept. */
  public void commit(
      Unit unit, Set<SaveKind> kinds, Collection<SavedUnit.SavedFrame> frames, String run)
      throws IOException {
    Set<SaveKind> all = SaveKind.set(kinds);
    Map<String, SavedFile> recorded = new TreeMap<>();
    Optional<SavedUnit> before = find(unit.id());
    if (before.isPresent()) {
      all.addAll(before.get().kinds());
      // Files that were not written now keep the sizes that they had whole.
      before.get().files().forEach(file -> recorded.put(file.name(), file));
    }
    FrameFiles now = files(unit, kinds);
    List<String> names = frames.stream().map(SavedUnit.SavedFrame::name).toList();
    for (SavedFile file : SavedFile.in(now.folder(), now.names(names), hadoop)) {
      recorded.put(file.name(), file);
    }
    for (SavedFile file : SavedFile.in(now.pictures(), now.pictureNames(names), hadoop)) {
      recorded.put(file.name(), file);
    }
    write(record(unit.id()), SavedUnit.of(unit.id(), all, frames, recorded.values()).json(), run);
  }

  /** Forgets a unit's predictions. */
  public void discard(Unit unit) throws IOException {
    storage.delete(record(unit.id()));
    FrameFiles files = files(unit, Set.of());
    storage.delete(files.folder());
    storage.delete(files.pictures());
  }

  private Optional<SavedTruth> findTruth(VideoTask of) throws IOException {
    Path file = truthRecord(of);
    try {
      return Optional.of(SavedTruth.read(storage.read(file, LARGEST_RECORD), file.toString()));
    } catch (FileNotFoundException | InvalidInputException e) {
      return Optional.empty();
    }
  }

  private boolean isWhole(Path folder, SavedTruth saved) throws IOException {
    return SavedFile.areWhole(folder, saved.names(), saved.files(), hadoop);
  }

  /** Writes the files of a ground truth. */
  @FunctionalInterface
  public interface TruthFiles {

    /** Writes them into a folder; returns the names of all of them. */
    List<String> write(Path folder) throws IOException;
  }

  /**
   * Writes the ground truth of a video, unless it belongs to nothing that is kept or is there,
   * whole and of the same data, and records it. Of an earlier one, of other data, files of frames
   * that are no more are removed.
   *
   * @param kinds what is kept
   * @param data id of the video's data
   */
  public void keepTruth(
      VideoTask of, Set<SaveKind> kinds, String data, TruthFiles content, String run)
      throws IOException {
    if (!of.keepsTruth(kinds)) {
      return;
    }
    Path folder = truth(of);
    Optional<SavedTruth> before = findTruth(of);
    if (before.isPresent() && before.get().data().equals(data) && isWhole(folder, before.get())) {
      return;
    }
    List<String> names = content.write(folder);
    if (before.isPresent()) {
      Set<String> kept = Set.copyOf(names);
      for (String name : before.get().names()) {
        if (!kept.contains(name)) {
          storage.delete(Storage.child(folder, name));
        }
      }
    }
    SavedTruth now = SavedTruth.of(data, SavedFile.in(folder, names, hadoop));
    write(truthRecord(of), now.json(), run);
  }

  /** By its place in the output folder, which may be moved. */
  private Path truthRecord(VideoTask of) {
    return new Path(root, SAVED + "/truth/" + Sha256.id(of.place()) + JSON);
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
