package io.videottt.jobs.saved;

import io.videottt.adaptation.inference.TaskPrediction;
import io.videottt.base.FailureReason;
import io.videottt.base.InvalidInputException;
import io.videottt.base.Task;
import io.videottt.catalog.image.RgbImage;
import io.videottt.io.storage.Storage;
import io.videottt.jobs.drawing.ImageFiles;
import io.videottt.jobs.drawing.Overlays;
import io.videottt.jobs.drawing.PredictionOverlay;
import io.videottt.metrics.PanopticMap;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * The files of one task's predictions of a video's frames. Every frame's files appear whole, in any
 * order, and again with the same content when a frame is predicted again; {@link #finish} makes
 * sure that none is missing and writes the list of all frames' segments or objects. On any Hadoop
 * file system; nothing of a frame stays in memory.
 */
public final class FrameFolder {

  /** COCO's list of all frames' segments. */
  public static final String PANOPTIC = "panoptic.json";

  /** COCO's list of all frames' objects. */
  public static final String INSTANCES = "instances.json";

  private static final String PARTS = "_parts";
  private static final int LARGEST_PART = 1 << 26;

  private final Path folder;
  private final Path pictures;
  private final Path temporaryFolder;
  private final Configuration hadoop;
  private final Task task;
  private final PredictionOverlay drawing;
  private final Set<SaveKind> kinds;
  private final FrameIds ids;
  private final ImageFiles files;

  /**
   * A folder, which need not exist.
   *
   * @param folder of the files that are scored and looked at
   * @param pictures folder of the small pictures that a video is made of
   * @param temporaryFolder where files are written before they are renamed
   * @param task of the predictions
   * @param drawing how they are drawn
   * @param kinds what is kept
   * @param names of all frames, which their files are called by
   * @throws InvalidInputException when two frames would have one file
   */
  public FrameFolder(
      Path folder,
      Path pictures,
      Path temporaryFolder,
      Configuration hadoop,
      Task task,
      PredictionOverlay drawing,
      Set<SaveKind> kinds,
      List<String> names) {
    this.folder = folder;
    this.pictures = pictures;
    this.temporaryFolder = temporaryFolder;
    this.hadoop = hadoop;
    this.task = task;
    this.drawing = drawing;
    this.kinds = SaveKind.set(kinds);
    this.ids = FrameIds.of(names);
    this.files = new ImageFiles(hadoop, Optional.of(temporaryFolder));
    Set<String> written = new HashSet<>();
    for (String name : names) {
      for (String file : List.of(labels(name), overlay(name))) {
        if (!written.add(file)) {
          throw new InvalidInputException(
              "%s: two frames would have the file %s; give them other names"
                  .formatted(folder, file));
        }
      }
    }
  }

  private FrameFolder(FrameFolder other, Path folder, Path pictures) {
    this.folder = folder;
    this.pictures = pictures;
    this.temporaryFolder = other.temporaryFolder;
    this.hadoop = other.hadoop;
    this.task = other.task;
    this.drawing = other.drawing;
    this.kinds = other.kinds;
    this.ids = other.ids;
    this.files = other.files;
  }

  /** The same files elsewhere. */
  public FrameFolder in(Path otherFolder, Path otherPictures) {
    return new FrameFolder(this, otherFolder, otherPictures);
  }

  /** The folder of the files that are scored and looked at. */
  public Path folder() {
    return folder;
  }

  static String labels(String name) {
    return name + ".png";
  }

  private static String overlay(String name) {
    return name + "-overlay.png";
  }

  /** The file of a frame's small picture. */
  static String picture(String name) {
    return name + ".jpg";
  }

  private static String part(String name) {
    return name + ".json";
  }

  private boolean keepsMaps() {
    return task == Task.COLORIZATION
        ? kinds.contains(SaveKind.PREDICTIONS) || kinds.contains(SaveKind.OVERLAYS)
        : kinds.contains(SaveKind.PREDICTIONS) && task != Task.INSTANCE;
  }

  private boolean keepsOverlays() {
    return kinds.contains(SaveKind.OVERLAYS) && task != Task.COLORIZATION;
  }

  private boolean keepsLists() {
    return kinds.contains(SaveKind.PREDICTIONS) && (task == Task.PANOPTIC || task == Task.INSTANCE);
  }

  /**
   * Writes a frame's files.
   *
   * @throws InvalidInputException when one cannot be written
   */
  public void write(String name, RgbImage frame, TaskPrediction prediction) {
    if (keepsMaps()) {
      writeMap(Storage.child(folder, labels(name)), prediction);
    }
    if (keepsLists()) {
      writePart(name, frame, prediction);
    }
    if (keepsOverlays()) {
      files.write(Storage.child(folder, overlay(name)), drawing.draw(frame, prediction));
    }
    if (kinds.contains(SaveKind.VIDEO)) {
      files.writeJpeg(
          Storage.child(pictures, picture(name)), Panel.scaled(drawing.draw(frame, prediction)));
    }
  }

  private void writeMap(Path file, TaskPrediction prediction) {
    if (prediction instanceof TaskPrediction.Semantic semantic) {
      files.writeLabels(file, semantic.labels());
    } else if (prediction instanceof TaskPrediction.Panoptic panoptic) {
      files.writeSegmentIds(file, panoptic.map());
    } else if (prediction instanceof TaskPrediction.Colorization colorization) {
      files.write(file, Overlays.picture(colorization.colours()));
    }
  }

  /** A line about the image, then what the list says about it. */
  private void writePart(String name, RgbImage frame, TaskPrediction prediction) {
    CocoText coco = new CocoText(drawing.classes());
    JsonText.Content id = json -> ids.write(json, "image_id", name);
    String entry;
    if (prediction instanceof TaskPrediction.Panoptic panoptic) {
      PanopticMap map = panoptic.map();
      entry = coco.segments(id, labels(name), map);
    } else if (prediction instanceof TaskPrediction.Instance instance) {
      entry = coco.detections(id, instance.detections());
    } else {
      throw new IllegalArgumentException("no list of " + prediction.task());
    }
    String image = image(name, frame.height(), frame.width());
    Path file = Storage.child(new Path(folder, PARTS), part(name));
    store(file, stream -> stream.write(utf8(image + "\n" + entry)));
  }

  private String image(String name, int height, int width) {
    return JsonText.of(
        json -> {
          json.writeStartObject();
          ids.write(json, "id", name);
          json.writeStringField("file_name", labels(name));
          json.writeNumberField("height", height);
          json.writeNumberField("width", width);
          json.writeEndObject();
        });
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void store(Path file, Storage.Content content) {
    try {
      Storage.of(file, hadoop).write(file, temporaryFolder, content);
    } catch (IOException e) {
      throw new InvalidInputException(
          "%s: cannot be written (%s)".formatted(file, FailureReason.of(e)), e);
    }
  }

  /**
   * The frames of which a file is missing.
   *
   * @param names of all frames
   * @throws IOException when the folders cannot be listed
   */
  public List<String> missing(List<String> names) throws IOException {
    Set<String> there = names(folder);
    Set<String> parts = keepsLists() ? names(new Path(folder, PARTS)) : Set.of();
    Set<String> shown = kinds.contains(SaveKind.VIDEO) ? names(pictures) : Set.of();
    boolean listed = !keepsLists() || there.contains(task == Task.PANOPTIC ? PANOPTIC : INSTANCES);
    List<String> missing = new ArrayList<>();
    for (String name : names) {
      if (keepsMaps() && !there.contains(labels(name))
          || keepsOverlays() && !there.contains(overlay(name))
          || !listed && !parts.contains(part(name))
          || kinds.contains(SaveKind.VIDEO) && !shown.contains(picture(name))) {
        missing.add(name);
      }
    }
    return missing;
  }

  private Set<String> names(Path of) throws IOException {
    try {
      return Arrays.stream(Storage.of(of, hadoop).fileSystem().listStatus(of))
          .filter(FileStatus::isFile)
          .map(status -> status.getPath().getName())
          .collect(Collectors.toSet());
    } catch (FileNotFoundException e) {
      return Set.of();
    }
  }

  /**
   * Makes sure that all frames are there, and writes the list of their segments or objects.
   *
   * @param names of all frames, in the order of the list
   * @throws InvalidInputException when a frame is missing
   * @throws IOException when the folder cannot be read
   */
  public void finish(List<String> names) throws IOException {
    List<String> missing = missing(names);
    if (!missing.isEmpty()) {
      throw new InvalidInputException(
          "%s: the predictions of %d of %d frames are missing, for example of %s; start it again"
              .formatted(folder, missing.size(), names.size(), missing.get(0)));
    }
    if (!keepsLists() || names(new Path(folder, PARTS)).isEmpty()) {
      return;
    }
    if (task == Task.PANOPTIC) {
      store(Storage.child(folder, PANOPTIC), stream -> writePanoptic(stream, names));
    } else {
      store(
          Storage.child(folder, INSTANCES),
          stream ->
              JsonText.write(
                  stream,
                  json -> {
                    json.writeStartArray();
                    for (String name : names) {
                      String results = part(name, 1);
                      if (!results.isEmpty()) {
                        json.writeRawValue(results);
                      }
                    }
                    json.writeEndArray();
                  }));
    }
  }

  private void writePanoptic(OutputStream stream, List<String> names) throws IOException {
    JsonText.write(
        stream,
        json -> {
          json.writeStartObject();
          json.writeArrayFieldStart("images");
          for (String name : names) {
            json.writeRawValue(part(name, 0));
          }
          json.writeEndArray();
          json.writeArrayFieldStart("annotations");
          for (String name : names) {
            json.writeRawValue(part(name, 1));
          }
          json.writeEndArray();
          drawing.classes().writeCategories(json);
          json.writeEndObject();
        });
  }

  /** The line about the image, or what the list says about it. */
  private String part(String name, int which) throws IOException {
    Path file = Storage.child(new Path(folder, PARTS), part(name));
    String text =
        new String(Storage.of(file, hadoop).read(file, LARGEST_PART), StandardCharsets.UTF_8);
    return text.split("\n", 2)[which];
  }

  /** Removes the files of frames that shall not be seen without the others. */
  public void remove(List<String> names) throws IOException {
    Storage storage = Storage.of(folder, hadoop);
    for (String name : names) {
      storage.delete(Storage.child(folder, labels(name)));
      storage.delete(Storage.child(folder, overlay(name)));
      storage.delete(Storage.child(pictures, picture(name)));
    }
    storage.delete(Storage.child(folder, PANOPTIC));
    storage.delete(Storage.child(folder, INSTANCES));
    clean();
    storage.deleteIfEmpty(folder);
  }

  /** Removes what the list was made of, when everything is safe. */
  public void clean() throws IOException {
    Storage.of(folder, hadoop).delete(new Path(folder, PARTS));
  }
}
