package io.videottt.jobs;

import io.videottt.base.Task;
import io.videottt.catalog.Catalog;
import io.videottt.catalog.film.FilmWriter;
import io.videottt.catalog.image.RgbImage;
import io.videottt.catalog.video.Video;
import io.videottt.jobs.results.ResultsFolder;
import io.videottt.jobs.status.StatusReport;
import io.videottt.model.checkpoint.CheckpointConverter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;

/** A tiny sweep whose data, catalogue, models and results are on another file system. */
final class RemoteSweep {

  private final Path local;
  private final String remote;
  private final Map<String, String> properties;
  private final FileSystem files;

  /**
   * Copies a tiny sweep's files.
   *
   * @param local the folder of a {@link TinySweep}
   * @param remote the root of another file system
   * @param properties Hadoop's, to reach it
   */
  RemoteSweep(Path local, String remote, Map<String, String> properties) throws IOException {
    this.local = local;
    this.remote = remote;
    this.properties = properties;
    Configuration hadoop = new Configuration();
    properties.forEach(hadoop::set);
    this.files = path("").getFileSystem(hadoop);
    for (String name : List.of("data", "joint", "main")) {
      files.copyFromLocalFile(
          new org.apache.hadoop.fs.Path(local.resolve(name).toUri()), path(name));
    }
    String catalog = Files.readString(local.resolve("catalog/tiny.yaml"));
    try (var out = files.create(path("catalog/tiny.yaml"))) {
      out.write(
          catalog
              .replace(local.resolve("data").toString(), path("data").toString())
              .getBytes(StandardCharsets.UTF_8));
    }
  }

  private org.apache.hadoop.fs.Path path(String name) {
    return new org.apache.hadoop.fs.Path(remote + "/" + name);
  }

  ResultsFolder results(String output) {
    return new ResultsFolder(path(output).toString(), files.getConf());
  }

  /** The arguments of a sweep from and to the other file system. */
  List<String> arguments(String methods, String output, String master) throws IOException {
    Path config = Files.createTempFile(local, "remote", ".yaml");
    Files.writeString(
        config,
        """
        datasets: [{name: tiny, splits: [test]}]
        models: [{label: tiny, joint: "%1$s/joint", mainTaskOnly: "%1$s/main"}]
        """
                .formatted(remote)
            + methods);
    List<String> arguments =
        new ArrayList<>(
            List.of("sweep", "--config", config.toString(), "--catalog", remote + "/catalog"));
    arguments.addAll(List.of("--output", remote + "/" + output));
    arguments.addAll(spark(master));
    return arguments;
  }

  /**
   * Writes a film to a storage, and opens it from there as the catalogue's films are.
   *
   * @param remote a file system's root, or a local folder
   */
  static Video film(String remote, Configuration hadoop, List<RgbImage> frames) {
    org.apache.hadoop.fs.Path folder = new org.apache.hadoop.fs.Path(remote, "films");
    RgbImage first = frames.get(0);
    try (FilmWriter writer =
        new FilmWriter(
            new org.apache.hadoop.fs.Path(folder, "clip.mp4"),
            new org.apache.hadoop.fs.Path(folder, "_tmp"),
            hadoop,
            first.height(),
            first.width(),
            10)) {
      frames.forEach(writer::write);
      writer.finish();
    }
    return Catalog.builtIn()
        .open("films", Optional.of(folder.toString()), hadoop)
        .video("test", "clip.mp4", Set.of(Task.COLORIZATION));
  }

  /** The same on this sweep's file system. */
  Video film(List<RgbImage> frames) {
    return film(remote, files.getConf(), frames);
  }

  private List<String> spark(String master) {
    List<String> arguments = new ArrayList<>(List.of("--master", master));
    arguments.addAll(TinySweep.QUICK_QUERIES);
    properties.forEach(
        (key, value) -> arguments.addAll(List.of("--conf", "spark.hadoop." + key + "=" + value)));
    return arguments;
  }

  TinySweep.Run sweep(String methods, String output, String master) throws IOException {
    return TinySweep.run(arguments(methods, output, master).toArray(String[]::new));
  }

  TinySweep.Run report(String output, String tables) {
    List<String> arguments = new ArrayList<>(List.of("report", "--results", remote + "/" + output));
    arguments.addAll(List.of("--output", remote + "/" + tables));
    arguments.addAll(spark("local[1]"));
    return TinySweep.run(arguments.toArray(String[]::new));
  }

  /** Makes a model folder of another one, both on the other file system. */
  void convert(String model, String converted) {
    new CheckpointConverter(files.getConf())
        .convert(path(model), Optional.empty(), Optional.empty(), path(converted));
  }

  /** What the files say, without Spark. */
  StatusReport status(String output) throws IOException {
    return StatusReport.of(path(output).toString(), files.getConf(), Instant.now());
  }

  /** A copy of a folder of results on the local disk. */
  Path download(String output) throws IOException {
    Path copy = Files.createTempDirectory(local, "download").resolve(output);
    files.copyToLocalFile(false, path(output), new org.apache.hadoop.fs.Path(copy.toUri()), true);
    return copy;
  }
}
