package io.videottt.jobs.locality;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.videottt.base.InvalidInputException;
import io.videottt.base.Task;
import io.videottt.io.config.BoundedJson;
import io.videottt.io.config.StoredJson;
import io.videottt.io.storage.Storage;
import io.videottt.model.ReconstructionTarget;
import io.videottt.reports.EvaluationSet;
import io.videottt.reports.VideoCosine;
import io.videottt.reports.locality.LocalityRow;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * What {@code locality} found on single videos, as it leaves it beside its table for {@code report}
 * to draw.
 *
 * @param version of the file's form
 * @param videos what was found on each
 */
public record StoredLocality(int version, List<OfVideo> videos) {

  /** Name of the file in the output folder of {@code locality}. */
  static final String FILE = "locality.json";

  private static final int VERSION = 2;
  private static final int LARGEST = 1 << 24;

  private static final JsonMapper MAPPER =
      BoundedJson.mapper()
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .build();

  /**
   * One video.
   *
   * @param dataset name in the catalogue
   * @param split for example val
   * @param task id of the task whose gradient it is
   * @param model label of the weights
   * @param target id of what is reconstructed
   * @param video id within the data set
   * @param cosine of the angle between the gradients of the main and the reconstruction loss
   */
  record OfVideo(
      String dataset,
      String split,
      String task,
      String model,
      String target,
      String video,
      double cosine) {

    OfVideo {
      if (Arrays.stream(Task.values()).noneMatch(known -> known.id().equals(task))) {
        throw new InvalidInputException("one of its tasks is none");
      }
      if (ReconstructionTarget.of(target).isEmpty()) {
        throw new InvalidInputException("one of its targets is none");
      }
      if (!(Math.abs(cosine) <= 1 + 1e-9)) {
        throw new InvalidInputException("one of its cosines is " + cosine);
      }
    }
  }

  public StoredLocality {
    if (version != VERSION) {
      throw new InvalidInputException(
          "it has version %d, this program reads %d".formatted(version, VERSION));
    }
    videos = List.copyOf(videos);
  }

  /** The rows of single videos whose gradients have a direction. */
  static StoredLocality of(List<LocalityRow> rows) {
    return new StoredLocality(
        VERSION,
        rows.stream()
            .filter(row -> !row.video().isEmpty() && Double.isFinite(row.cosine()))
            .map(
                row ->
                    new OfVideo(
                        row.set().dataset(),
                        row.set().split(),
                        row.set().task().id(),
                        row.model(),
                        row.target(),
                        row.video(),
                        row.cosine()))
            .toList());
  }

  String json() {
    return StoredJson.write(MAPPER, this);
  }

  /**
   * The cosines in an output folder of {@code locality}.
   *
   * @throws InvalidInputException when there are none, or the file is damaged
   */
  public static List<VideoCosine> cosines(String folder, Configuration hadoop) throws IOException {
    Path file = new Path(folder, FILE);
    Storage storage = Storage.of(file, hadoop);
    if (!storage.exists(file)) {
      throw new InvalidInputException(
          "%s: no %s there; give the output folder of ttt locality with --locality"
              .formatted(folder, FILE));
    }
    return read(storage.read(file, LARGEST), file.toString()).videos().stream()
        .map(
            video ->
                new VideoCosine(
                    new EvaluationSet(video.dataset(), video.split(), task(video.task())),
                    video.model(),
                    video.target(),
                    video.video(),
                    video.cosine()))
        .toList();
  }

  private static Task task(String id) {
    return Arrays.stream(Task.values()).filter(t -> t.id().equals(id)).findFirst().orElseThrow();
  }

  static StoredLocality read(byte[] json, String source) {
    try {
      StoredLocality locality = MAPPER.readValue(json, StoredLocality.class);
      if (locality == null) {
        throw new EOFException("null");
      }
      return locality;
    } catch (IOException e) {
      String reason =
          e.getCause() instanceof InvalidInputException refused
              ? refused.getMessage()
              : "it is damaged";
      throw new InvalidInputException(
          "%s: cannot be read: %s; run ttt locality again".formatted(source, reason), e);
    }
  }
}
