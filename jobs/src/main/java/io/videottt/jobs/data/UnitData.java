package io.videottt.jobs.data;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.videottt.base.InvalidInputException;
import io.videottt.base.Sha256;
import io.videottt.catalog.VideoFiles;
import io.videottt.catalog.file.InputFiles;
import io.videottt.io.config.BoundedJson;
import io.videottt.io.config.StoredJson;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The data that units were computed on, as {@code data/} remembers it: its id is a hash of what
 * results depend on, so that equal data has one id wherever it lies.
 *
 * @param version of the file's form
 * @param id of this data
 * @param dataset name in the catalogue
 * @param split for example test
 * @param video id within the data set; empty for all videos of the split, training images
 * @param reading how the files are read, as {@link VideoFiles#reading()}
 * @param files the files by their names within the video
 * @param adopted units that count as computed on this data, whatever their own files say
 */
public record UnitData(
    int version,
    String id,
    String dataset,
    String split,
    String video,
    Map<String, String> reading,
    Map<String, StoredFile> files,
    List<Adopted> adopted) {

  private static final int VERSION = 1;

  private static final JsonMapper MAPPER =
      BoundedJson.mapper().enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES).build();

  /**
   * A file.
   *
   * @param size bytes
   * @param modified time of its last change, milliseconds since 1970; no part of the id, since a
   *     copy may have another
   * @param sha256 of its bytes; empty where they were not read
   */
  @JsonFormat(shape = JsonFormat.Shape.ARRAY)
  public record StoredFile(long size, long modified, String sha256) {

    public StoredFile {
      if (size < 0 || !(sha256.isEmpty() || Sha256.isDigest(sha256))) {
        throw new InvalidInputException("a file has %d bytes, %s".formatted(size, sha256));
      }
    }

    boolean hasChecksum() {
      return !sha256.isEmpty();
    }
  }

  /**
   * A unit that somebody has said belongs to this data.
   *
   * @param unit its id
   * @param was the data that its file names, empty for none
   */
  public record Adopted(String unit, String was) {

    public Adopted {
      Objects.requireNonNull(unit);
      Objects.requireNonNull(was);
    }
  }

  public UnitData {
    if (version != VERSION) {
      throw new InvalidInputException(
          "it has version %d, this program reads %d".formatted(version, VERSION));
    }
    Stream.of(id, dataset, split, video).forEach(Objects::requireNonNull);
    reading = new TreeMap<>(reading);
    files = new TreeMap<>(files);
    files.values().forEach(Objects::requireNonNull);
    reading.values().forEach(Objects::requireNonNull);
    adopted = adopted == null ? List.of() : List.copyOf(adopted);
  }

  /**
   * The data as it is now.
   *
   * @param checksums whether to read the files' bytes for their checksums
   * @throws IOException when a file cannot be read
   */
  public static UnitData of(
      String dataset, String split, String video, VideoFiles now, boolean checksums)
      throws IOException {
    Map<String, StoredFile> files = new TreeMap<>();
    for (Map.Entry<String, InputFiles.Entry> file : now.files().entrySet()) {
      files.put(
          file.getKey(),
          new StoredFile(
              file.getValue().size(),
              file.getValue().modified(),
              checksums ? now.sha256(file.getKey()) : ""));
    }
    UnitData data =
        new UnitData(VERSION, "", dataset, split, video, now.reading(), files, List.of());
    return data.withId(Sha256.id(data.canonical()));
  }

  private String canonical() {
    StringBuilder text = new StringBuilder();
    Stream.of(dataset, split, video).forEach(part -> text.append(part).append('\n'));
    reading.forEach((key, value) -> text.append(key).append('=').append(value).append('\n'));
    files.forEach(
        (name, file) ->
            text.append(name)
                .append('\t')
                .append(file.size())
                .append('\t')
                .append(file.sha256())
                .append('\n'));
    return text.toString();
  }

  private UnitData withId(String hash) {
    return new UnitData(version, hash, dataset, split, video, reading, files, adopted);
  }

  /** The same data with other times of its files. */
  public UnitData withTimes(VideoFiles now) {
    Map<String, StoredFile> others = new TreeMap<>(files);
    now.files()
        .forEach(
            (name, file) ->
                others.computeIfPresent(
                    name, (key, old) -> new StoredFile(old.size(), file.modified(), old.sha256())));
    return new UnitData(version, id, dataset, split, video, reading, others, adopted);
  }

  /** The same data with more units that belong to it. */
  public UnitData adopting(List<Adopted> more) {
    List<Adopted> all = new ArrayList<>(adopted);
    more.stream().filter(each -> !all.contains(each)).forEach(all::add);
    return new UnitData(version, id, dataset, split, video, reading, files, all);
  }

  public String json() {
    try {
      return MAPPER.writeValueAsString(this) + "\n";
    } catch (IOException e) {
      throw new IllegalStateException("a record of plain values is always JSON", e);
    }
  }

  /**
   * Reads what {@link #json} has written.
   *
   * @param source file, for the message
   * @throws InvalidInputException when it is damaged or of another version
   */
  public static UnitData read(byte[] json, String source) {
    try {
      UnitData data = MAPPER.readValue(json, UnitData.class);
      if (data == null || !data.id.equals(Sha256.id(data.canonical()))) {
        throw new EOFException("not what was written");
      }
      return data;
    } catch (IOException e) {
      throw StoredJson.unreadable("memory of a data set", source, e);
    }
  }
}
