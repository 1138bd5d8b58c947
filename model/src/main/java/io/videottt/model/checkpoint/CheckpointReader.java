package io.videottt.model.checkpoint;

import io.videottt.base.InvalidInputException;
import io.videottt.io.storage.Storage;
import io.videottt.model.tensor.Safetensors;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/**
 * A reader of checkpoints of every form, which their first bytes tell. The values of a checkpoint's
 * tensors can be read until this is closed.
 */
final class CheckpointReader implements Closeable {

  private static final byte[] ZIP = {'P', 'K'};
  private static final byte PICKLE = (byte) 0x80;

  /** How files of torch.save began before they were archives: protocol 2 and a number. */
  private static final byte[] LEGACY = HexFormat.of().parseHex("80028a0a6cfc9c46f9206aa85019");

  private static final String LARGE_FILE_POINTER = "version https://git-lfs";
  private static final int LONGEST_BEGINNING = 32;
  private static final int SAFETENSORS_TABLE = 8;

  private final Configuration hadoop;
  private final LocalFiles files;
  private final List<TorchArchive> archives = new ArrayList<>();

  CheckpointReader(Configuration hadoop) {
    this.hadoop = hadoop;
    this.files = new LocalFiles(hadoop);
  }

  /**
   * Reads a file or a folder.
   *
   * @throws InvalidInputException when it is none of the forms, truncated, damaged, no segmentation
   *     model's, or holds anything but tensors, arrays and plain containers
   */
  Checkpoint read(org.apache.hadoop.fs.Path path) {
    try {
      Storage storage = Storage.of(path, hadoop);
      CheckpointFolder folder = new CheckpointFolder(storage, this);
      if (storage.fileSystem().getFileStatus(path).isDirectory()) {
        return folder.read(path);
      }
      return path.getName().endsWith(CheckpointFolder.INDEX)
          ? folder.readShards(path, path.getParent())
          : readFile(path);
    } catch (IOException e) {
      throw Storage.unreadable(path, e);
    }
  }

  /** How many bytes the files have that were read so far. */
  long bytes() {
    return files.bytes();
  }

  /** As {@link #read}, a single file. */
  Checkpoint readFile(org.apache.hadoop.fs.Path path) {
    String source = path.toString();
    Path file = files.of(path);
    byte[] beginning = beginning(file, source);
    // Before the pickles: the number may begin as one of them does.
    if (isSafetensors(beginning)) {
      return ofSafetensors(source, path, file);
    }
    if (startsWith(beginning, ZIP)) {
      TorchArchive archive = new TorchArchive(file, source);
      archives.add(archive);
      return ofPickle(source, "torch.save's archive", archive.pickle());
    }
    if (startsWith(beginning, LEGACY)) {
      throw new InvalidInputException(
          source
              + " is in the form that torch.save wrote before version 1.6, which is not read\n"
              + "save it again in Python: torch.save(torch.load(\"FILE\", map_location=\"cpu\"),"
              + " \"FILE.pth\")");
    }
    if (beginning.length > 1 && beginning[0] == PICKLE && beginning[1] >= 2) {
      CheckpointUnpickler.Pickle pickle =
          CheckpointUnpickler.read(
              source,
              new StoredBytes.InFile(file, 0, file.toFile().length()),
              ByteOrder.LITTLE_ENDIAN,
              id -> {
                throw new InvalidInputException(
                    source + ": its pickle names storages outside of the file");
              });
      return ofPickle(source, "pickle of protocol " + pickle.protocol(), pickle);
    }
    if (beginning.length > SAFETENSORS_TABLE && beginning[SAFETENSORS_TABLE] == '{') {
      return ofSafetensors(source, path, file);
    }
    throw unknown(source, beginning);
  }

  /** The length of a table, in eight bytes of which no file needs the last four, and the table. */
  private static boolean isSafetensors(byte[] beginning) {
    return beginning.length > SAFETENSORS_TABLE
        && ByteBuffer.wrap(beginning).getInt(SAFETENSORS_TABLE - Integer.BYTES) == 0
        && beginning[SAFETENSORS_TABLE] == '{';
  }

  private static InvalidInputException unknown(String source, byte[] beginning) {
    String text = new String(beginning, StandardCharsets.US_ASCII);
    if (text.startsWith(LARGE_FILE_POINTER)) {
      return new InvalidInputException(
          source + " is a pointer of Git LFS, not the file itself; fetch it with git lfs pull");
    }
    return new InvalidInputException(
        source
            + " is no checkpoint that is read, or its beginning is missing\n"
            + "read are pickles of protocol 2 to 5 (.pkl), archives of torch.save (.pth, .pt,"
            + " .bin), .safetensors files, and folders of them");
  }

  private Checkpoint ofSafetensors(String source, org.apache.hadoop.fs.Path path, Path file) {
    List<StoredTensor> tensors =
        Safetensors.contents(path, hadoop).stream()
            .map(
                entry -> {
                  long[] shape = entry.shape().getShape();
                  return new StoredTensor(
                      source,
                      entry.name(),
                      ElementType.valueOf(entry.type()),
                      shape,
                      StoredTensor.Order.rowMajor(shape),
                      new StoredBytes.InFile(file, entry.start(), entry.bytes()),
                      ByteOrder.LITTLE_ENDIAN);
                })
            .toList();
    return new Checkpoint(source, "safetensors", tensors, List.of(), Optional.empty());
  }

  private static Checkpoint ofPickle(
      String source, String form, CheckpointUnpickler.Pickle pickle) {
    if (!(pickle.root() instanceof Map<?, ?> root)) {
      throw new InvalidInputException(source + " holds no dictionary of tensors");
    }
    if (Boolean.TRUE.equals(root.get("matching_heuristics"))) {
      throw new InvalidInputException(
          source
              + " holds a backbone alone (matching_heuristics), no segmentation model\n"
              + "give a checkpoint of a whole model, such as model_final_*.pkl of Mask2Former's"
              + " model zoo");
    }
    Map<?, ?> named = root.get("model") instanceof Map<?, ?> model ? model : root;
    List<StoredTensor> tensors = new ArrayList<>();
    List<String> others = new ArrayList<>();
    named.forEach(
        (name, value) -> {
          if (value instanceof PickledTensor tensor) {
            tensors.add(tensor.named(source, String.valueOf(name)));
          } else if (name instanceof String other) {
            others.add(other);
          }
        });
    if (tensors.isEmpty()) {
      throw new InvalidInputException(
          source + " holds no dictionary of tensors, neither itself nor under \"model\"");
    }
    return new Checkpoint(source, form, tensors, others, Optional.empty());
  }

  private static byte[] beginning(Path file, String source) {
    try (InputStream stream = Files.newInputStream(file)) {
      return stream.readNBytes(LONGEST_BEGINNING);
    } catch (IOException e) {
      throw new InvalidInputException("cannot read %s: %s".formatted(source, e.getMessage()), e);
    }
  }

  private static boolean startsWith(byte[] bytes, byte[] beginning) {
    return bytes.length >= beginning.length
        && Arrays.equals(bytes, 0, beginning.length, beginning, 0, beginning.length);
  }

  @Override
  public void close() {
    archives.forEach(TorchArchive::close);
    files.close();
  }
}
