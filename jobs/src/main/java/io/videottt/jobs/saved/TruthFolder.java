package io.videottt.jobs.saved;

import com.fasterxml.jackson.core.JsonGenerator;
import io.videottt.base.Task;
import io.videottt.catalog.video.Frame;
import io.videottt.catalog.video.FrameStream;
import io.videottt.catalog.video.GroundTruth;
import io.videottt.catalog.video.Video;
import io.videottt.io.storage.Storage;
import io.videottt.jobs.drawing.ImageFiles;
import io.videottt.jobs.drawing.PredictedClasses;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The ground truth of a video's annotated frames in the formats that {@code evaluate} reads, with
 * the ids that saved predictions have: label maps, or COCO's list and maps, and {@code frames.txt}
 * with their names.
 *
 * @param folder of the files
 * @param temporaryFolder where they are written before they are renamed
 * @param classes of the data set
 */
public record TruthFolder(
    Path folder, Path temporaryFolder, PredictedClasses classes, Configuration hadoop) {

  /** The names of the annotated frames. */
  public static final String FRAMES = "frames.txt";

  /** What a list says of an image. */
  private record Image(String name, int height, int width) {}

  /**
   * Writes the truth of a video, in one way over its frames.
   *
   * @param video opened for the task
   * @param task one of segmentation
   * @return the names of all files
   * @throws io.videottt.base.InvalidInputException when a frame is broken
   * @throws IOException when a file cannot be written
   */
  public List<String> write(Video video, Task task) throws IOException {
    FrameIds ids =
        FrameIds.of(IntStream.range(0, video.frameCount()).mapToObj(video::frameName).toList());
    List<Image> images = new ArrayList<>();
    List<String> names = new ArrayList<>();
    if (task == Task.SEMANTIC) {
      ImageFiles files = files();
      each(
          video,
          frame ->
              frame
                  .labels()
                  .ifPresent(
                      labels -> {
                        files.writeLabels(file(FrameFiles.map(frame.name())), labels);
                        images.add(image(frame));
                      }));
    } else {
      String list = task == Task.PANOPTIC ? FrameFiles.PANOPTIC : FrameFiles.INSTANCES;
      store(
          list,
          stream -> JsonText.write(stream, json -> writeList(json, video, task, ids, images)));
      names.add(list);
    }
    store(
        FRAMES,
        stream -> {
          for (Image image : images) {
            stream.write((image.name() + "\n").getBytes(StandardCharsets.UTF_8));
          }
        });
    names.add(FRAMES);
    if (task != Task.INSTANCE) {
      images.forEach(image -> names.add(FrameFiles.map(image.name())));
    }
    return names;
  }

  @FunctionalInterface
  private interface Step {

    void take(Frame frame) throws IOException;
  }

  private static void each(Video video, Step step) throws IOException {
    try (FrameStream frames = video.stream()) {
      while (frames.hasNext()) {
        step.take(frames.next());
      }
    }
  }

  private void writeList(
      JsonGenerator json, Video video, Task task, FrameIds ids, List<Image> images)
      throws IOException {
    ImageFiles files = files();
    CocoText coco = new CocoText(classes);
    long[] objects = {1};
    json.writeStartObject();
    json.writeArrayFieldStart("annotations");
    each(
        video,
        frame -> {
          GroundTruth truth = frame.truth();
          if (!truth.has(task)) {
            return;
          }
          JsonText.Content id = own -> ids.write(own, "image_id", frame.name());
          if (task == Task.PANOPTIC) {
            files.writeSegmentIds(
                file(FrameFiles.map(frame.name())), truth.panoptic().orElseThrow());
            json.writeRawValue(
                coco.segments(id, FrameFiles.map(frame.name()), truth.panoptic().orElseThrow()));
          } else if (!truth.instances().orElseThrow().isEmpty()) {
            json.writeRawValue(coco.objects(id, objects[0], truth.instances().orElseThrow()));
            objects[0] += truth.instances().orElseThrow().size();
          }
          images.add(image(frame));
        });
    json.writeEndArray();
    json.writeArrayFieldStart("images");
    for (Image image : images) {
      json.writeStartObject();
      ids.write(json, "id", image.name());
      json.writeStringField("file_name", FrameFiles.map(image.name()));
      json.writeNumberField("height", image.height());
      json.writeNumberField("width", image.width());
      json.writeEndObject();
    }
    json.writeEndArray();
    classes.writeCategories(json);
    json.writeEndObject();
  }

  private static Image image(Frame frame) {
    return new Image(frame.name(), frame.image().height(), frame.image().width());
  }

  private ImageFiles files() {
    return new ImageFiles(hadoop, Optional.of(temporaryFolder));
  }

  private Path file(String name) {
    return Storage.child(folder, name);
  }

  private void store(String name, Storage.Content content) throws IOException {
    Path file = file(name);
    Storage.of(file, hadoop).write(file, temporaryFolder, content);
  }
}
