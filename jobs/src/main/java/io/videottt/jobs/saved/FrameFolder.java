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
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The files of one task's predictions of a video's frames, as they are written. Every frame's files
 * appear whole, in any order, and again with the same content when a frame is predicted again;
 * {@link #finish} makes sure that none is missing and writes the list of all frames' segments or
 * objects. On any Hadoop file system; nothing of a frame stays in memory.
 */
public final class FrameFolder {

  private static final int LARGEST_PART = 1 << 26;

  private final FrameFiles files;
  private final Path temporaryFolder;
  private final Configuration hadoop;
  private final PredictionOverlay drawing;
  private final FrameIds ids;
  private final ImageFiles images;

  /**
   * A folder, which need not exist.
   *
   * @param files what is written where
   * @param temporaryFolder where files are written before they are renamed
   * @param drawing how predictions are drawn
   * @param names of all frames, which their files are called by
   * @throws InvalidInputException when two frames would have one file
   */
  public FrameFolder(
      FrameFiles files,
      Path temporaryFolder,
      Configuration hadoop,
      PredictionOverlay drawing,
      List<String> names) {
    this(files, temporaryFolder, hadoop, drawing, FrameIds.of(names));
    Set<String> written = new HashSet<>();
    for (String name : names) {
      for (String file : List.of(FrameFiles.map(name), FrameFiles.overlay(name))) {
        if (!written.add(file)) {
          throw new InvalidInputException(
              "%s: two frames would have the file %s; give them other names"
                  .formatted(files.folder(), file));
        }
      }
    }
  }

  private FrameFolder(
      FrameFiles files,
      Path temporaryFolder,
      Configuration hadoop,
      PredictionOverlay drawing,
      FrameIds ids) {
    this.files = files;
    this.temporaryFolder = temporaryFolder;
    this.hadoop = hadoop;
    this.drawing = drawing;
    this.ids = ids;
    this.images = new ImageFiles(hadoop, Optional.of(temporaryFolder));
  }

  /** The same files elsewhere. */
  public FrameFolder in(Path folder, Path pictures) {
    return new FrameFolder(files.in(folder, pictures), temporaryFolder, hadoop, drawing, ids);
  }

  /** The map of a frame's classes or segments, or its colours. */
  public Path map(String name) {
    return Storage.child(files.folder(), FrameFiles.map(name));
  }

  /** The folder of small pictures. */
  public Path pictures() {
    return files.pictures();
  }

  /**
   * Writes a frame's files.
   *
   * @throws InvalidInputException when one cannot be written
   */
  public void write(String name, RgbImage frame, TaskPrediction prediction) {
    if (files.keepsMaps()) {
      writeMap(Storage.child(files.folder(), FrameFiles.map(name)), prediction);
    }
    if (files.keepsLists()) {
      writePart(name, frame, prediction);
    }
    if (files.keepsOverlays()) {
      images.write(
          Storage.child(files.folder(), FrameFiles.overlay(name)), drawing.draw(frame, prediction));
    }
    if (files.keepsPictures()) {
      images.writeJpeg(
          Storage.child(files.pictures(), FrameFiles.picture(name)),
          Panel.scaled(drawing.draw(frame, prediction)));
    }
  }

  private void writeMap(Path file, TaskPrediction prediction) {
    if (prediction instanceof TaskPrediction.Semantic semantic) {
      images.writeLabels(file, semantic.labels());
    } else if (prediction instanceof TaskPrediction.Panoptic panoptic) {
      images.writeSegmentIds(file, panoptic.map());
    } else if (prediction instanceof TaskPrediction.Colorization colorization) {
      images.write(file, Overlays.picture(colorization.colours()));
    }
  }

  /** A line about the image, then what the list says about it. */
  private void writePart(String name, RgbImage frame, TaskPrediction prediction) {
    CocoText coco = new CocoText(drawing.classes());
    JsonText.Content id = json -> ids.write(json, "image_id", name);
    String entry;
    if (prediction instanceof TaskPrediction.Panoptic panoptic) {
      entry = coco.segments(id, FrameFiles.map(name), panoptic.map());
    } else if (prediction instanceof TaskPrediction.Instance instance) {
      entry = coco.detections(id, instance.detections());
    } else {
      throw new IllegalArgumentException("no list of " + prediction.task());
    }
    byte[] part =
        (image(name, frame.height(), frame.width()) + "\n" + entry)
            .getBytes(StandardCharsets.UTF_8);
    store(files.partFile(name), stream -> stream.write(part));
  }

  private String image(String name, int height, int width) {
    return JsonText.of(
        json -> {
          json.writeStartObject();
          ids.write(json, "id", name);
          json.writeStringField("file_name", FrameFiles.map(name));
          json.writeNumberField("height", height);
          json.writeNumberField("width", width);
          json.writeEndObject();
        });
  }

  private void store(Path file, Storage.Content content) {
    try {
      Storage.of(file, hadoop).write(file, temporaryFolder, content);
    } catch (IOException e) {
      throw new InvalidInputException(
          "%s: cannot be written (%s)".formatted(file, FailureReason.of(e)), e);
    }
  }

  /** Moves everything to another folder of the same, over what is there. */
  public void moveTo(FrameFolder target) throws IOException {
    files.moveTo(target.files, hadoop);
  }

  /** Removes the files of frames that shall not be seen without the others. */
  public void remove(Collection<String> names) throws IOException {
    files.remove(names, hadoop);
  }

  /**
   * Makes sure that all frames are there, and writes the list of their segments or objects.
   *
   * @param names of all frames, in the order of the list
   * @throws InvalidInputException when a frame is missing
   * @throws IOException when the folder cannot be read
   */
  public void finish(List<String> names) throws IOException {
    if (files.keepsLists() && Storage.of(files.folder(), hadoop).exists(files.parts())) {
      // An older list may be of other predictions.
      Storage.of(files.folder(), hadoop).delete(files.list());
    }
    List<String> missing = files.missing(names, hadoop);
    if (!missing.isEmpty()) {
      throw new InvalidInputException(
          "%s: the predictions of %d of %d frames are missing, for example of %s; start it again"
              .formatted(files.folder(), missing.size(), names.size(), missing.get(0)));
    }
    if (!files.keepsLists() || !Storage.of(files.folder(), hadoop).exists(files.parts())) {
      return;
    }
    if (files.task() == Task.PANOPTIC) {
      store(files.list(), stream -> writePanoptic(stream, names));
    } else {
      store(files.list(), stream -> writeInstances(stream, names));
    }
  }

  private void writeInstances(OutputStream stream, List<String> names) throws IOException {
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
        });
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
    byte[] part = Storage.of(files.folder(), hadoop).read(files.partFile(name), LARGEST_PART);
    return new String(part, StandardCharsets.UTF_8).split("\n", 2)[which];
  }

  /** Removes what the list was made of, when everything is safe. */
  public void clean() throws IOException {
    Storage.of(files.folder(), hadoop).delete(files.parts());
  }
}
