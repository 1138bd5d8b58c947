package io.videottt.model.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import io.videottt.base.InvalidInputException;
import io.videottt.io.config.BoundedJson;
import io.videottt.io.storage.Storage;
import io.videottt.model.ReconstructionTarget;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.Path;

/**
 * A folder as Hugging Face publishes it: config.json, and the weights as one file or as several
 * with an index that says which tensor is in which.
 */
final class CheckpointFolder {

  /** How the names of indices end. */
  static final String INDEX = ".index.json";

  private static final String CONFIGURATION = "config.json";
  private static final String RECONSTRUCTION = "reconstruction.safetensors";

  /** Where the weights may be; the first that is there is read. */
  private static final List<String> WEIGHTS =
      List.of(
          "model.safetensors",
          "model.safetensors" + INDEX,
          "pytorch_model.bin",
          "pytorch_model.bin" + INDEX);

  private static final int LARGEST_INDEX = 10_000_000;
  private static final int MOST_SHARDS = 1000;

  private final Storage storage;
  private final CheckpointReader reader;

  CheckpointFolder(Storage storage, CheckpointReader reader) {
    this.storage = storage;
    this.reader = reader;
  }

  Checkpoint read(Path folder) throws IOException {
    for (String name : WEIGHTS) {
      Path file = new Path(folder, name);
      if (storage.exists(file)) {
        Checkpoint weights =
            name.endsWith(INDEX) ? readShards(file, folder) : reader.readFile(file);
        List<StoredTensor> tensors = new ArrayList<>(weights.tensors());
        Path reconstruction = new Path(folder, RECONSTRUCTION);
        if (storage.exists(reconstruction)) {
          tensors.addAll(reader.readFile(reconstruction).tensors());
        }
        Path configuration = new Path(folder, CONFIGURATION);
        return new Checkpoint(
            folder.toString(),
            "folder with " + name,
            tensors,
            weights.others(),
            storage.exists(configuration) ? Optional.of(configuration) : Optional.empty(),
            unread(folder, name));
      }
    }
    throw new InvalidInputException(
        "%s holds none of %s; give the checkpoint's file itself"
            .formatted(folder, String.join(", ", WEIGHTS)));
  }

  /** The files of weights that are there and left out, each with the reason. */
  private List<String> unread(Path folder, String read) throws IOException {
    List<String> unread = new ArrayList<>();
    for (ReconstructionTarget target : ReconstructionTarget.values()) {
      String decoder = "reconstruction-%s.safetensors".formatted(target.id());
      if (storage.exists(new Path(folder, decoder))) {
        unread.add(
            ("%s was left out: a model folder is made with the reconstruction decoder of its"
                    + " configuration's target alone; copy the file into it to keep this one")
                .formatted(decoder));
      }
    }
    for (String weights : WEIGHTS) {
      if (!weights.equals(read) && storage.exists(new Path(folder, weights))) {
        unread.add("%s was left out: the weights were read from %s".formatted(weights, read));
      }
    }
    return unread;
  }

  /**
   * Reads the files that an index names.
   *
   * @param index the index
   * @param folder of the files
   */
  Checkpoint readShards(Path index, Path folder) throws IOException {
    Map<String, List<String>> namesByFile = namesByFile(index);
    List<StoredTensor> tensors = new ArrayList<>();
    for (Map.Entry<String, List<String>> shard : namesByFile.entrySet()) {
      Path file = new Path(folder, shard.getKey());
      if (!storage.exists(file)) {
        throw new InvalidInputException(
            "%s names %s, which is missing beside it; copy all files of the folder"
                .formatted(index, shard.getKey()));
      }
      Set<String> wanted = new HashSet<>(shard.getValue());
      for (StoredTensor tensor : reader.readFile(file).tensors()) {
        if (wanted.remove(tensor.name())) {
          tensors.add(tensor);
        }
      }
      if (!wanted.isEmpty()) {
        throw new InvalidInputException(
            "%s lacks %s, which %s says it holds"
                .formatted(file, wanted.stream().sorted().toList().get(0), index.getName()));
      }
    }
    return new Checkpoint(
        index.toString(),
        "%d files of %s".formatted(namesByFile.size(), index.getName()),
        tensors,
        List.of(),
        Optional.empty());
  }

  private Map<String, List<String>> namesByFile(Path index) throws IOException {
    String text = new String(storage.read(index, LARGEST_INDEX), StandardCharsets.UTF_8);
    JsonNode map = BoundedJson.object(text, index.toString()).path("weight_map");
    if (!map.isObject() || map.isEmpty()) {
      throw new InvalidInputException(index + " has no weight_map");
    }
    Map<String, List<String>> names = new LinkedHashMap<>();
    map.properties()
        .forEach(
            field ->
                names
                    .computeIfAbsent(
                        plainName(field.getValue().asText(), index), file -> new ArrayList<>())
                    .add(field.getKey()));
    if (names.size() > MOST_SHARDS) {
      throw new InvalidInputException(
          "%s names %d files; at most %d are read".formatted(index, names.size(), MOST_SHARDS));
    }
    return names;
  }

  /** Files lie beside their index, nowhere else. */
  private static String plainName(String name, Path index) {
    if (!name.matches("[\\w-][\\w.-]{0,254}")) {
      throw new InvalidInputException(
          "%s: \"%s\" is no plain name of a file beside it"
              .formatted(index, name.replaceAll("\\p{Cntrl}", "?")));
    }
    return name;
  }
}
