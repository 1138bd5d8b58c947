package io.videottt.model.checkpoint;

import io.videottt.base.InvalidInputException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * An archive of {@code torch.save}: a pickle and one entry per storage, all stored as they are.
 * Nothing is unpacked to a file, and what is compressed is refused, so that neither names nor sizes
 * of entries can do harm.
 */
final class TorchArchive implements Closeable {

  private static final String PICKLE = "data.pkl";
  private static final int LONGEST_BYTE_ORDER = 16;

  private final String source;
  private final ZipFile archive;
  private final String root;

  /**
   * @param file local
   * @param source its name for messages
   * @throws InvalidInputException when it is truncated, damaged, or another kind of archive
   */
  TorchArchive(Path file, String source) {
    this.source = source;
    try {
      archive = new ZipFile(file.toFile());
    } catch (ZipException e) {
      throw new InvalidInputException(
          "%s is a truncated or damaged zip file (%s); copy it again"
              .formatted(source, e.getMessage()),
          e);
    } catch (IOException e) {
      throw new InvalidInputException("cannot read %s: %s".formatted(source, e.getMessage()), e);
    }
    try {
      root = root();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private String root() {
    List<String> pickles =
        archive.stream()
            .map(ZipEntry::getName)
            .filter(name -> name.endsWith("/" + PICKLE))
            .filter(name -> name.indexOf('/') == name.length() - PICKLE.length() - 1)
            .limit(2)
            .toList();
    if (pickles.size() != 1) {
      throw new InvalidInputException(
          "%s is a zip file with %s data.pkl; torch.save writes one"
              .formatted(source, pickles.isEmpty() ? "no" : "several"));
    }
    String folder = pickles.get(0).substring(0, pickles.get(0).length() - PICKLE.length());
    if (archive.getEntry(folder + "constants.pkl") != null) {
      throw new InvalidInputException(
          source
              + " is a TorchScript program, not a checkpoint\n"
              + "save the weights alone: torch.save({\"model\": model.state_dict()}, FILE)");
    }
    return folder;
  }

  /** What its pickle holds; the tensors' values are read while the archive is open. */
  CheckpointUnpickler.Pickle pickle() {
    ByteOrder endianness = byteOrder();
    return CheckpointUnpickler.read(source, stored(PICKLE), endianness, this::storage);
  }

  /** ("storage", type, key, device, elements). */
  private Object storage(Object[] id) {
    ElementType type = (ElementType) id[1];
    String key = (String) id[2];
    long elements = ((Number) id[4]).longValue();
    if (!key.matches("[0-9]{1,9}")) {
      throw new InvalidInputException(source + ": a storage has a key that is no number");
    }
    StoredBytes bytes = stored("data/" + key);
    if (elements < 0 || elements != bytes.length() / type.bytes()) {
      throw new InvalidInputException(
          "%s: storage %s of %d elements does not fit its %d bytes; the file is damaged"
              .formatted(source, key, elements, bytes.length()));
    }
    return new PickledStorage(type, bytes);
  }

  private ByteOrder byteOrder() {
    if (archive.getEntry(root + "byteorder") == null) {
      return ByteOrder.LITTLE_ENDIAN;
    }
    try (InputStream stream = stored("byteorder").open()) {
      String order = new String(stream.readNBytes(LONGEST_BYTE_ORDER), StandardCharsets.US_ASCII);
      return order.equals("big") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    } catch (IOException e) {
      throw new InvalidInputException("cannot read %s: %s".formatted(source, e.getMessage()), e);
    }
  }

  private StoredBytes stored(String name) {
    ZipEntry entry = archive.getEntry(root + name);
    if (entry == null) {
      throw new InvalidInputException(
          "%s lacks its entry %s; the file is damaged, copy it again".formatted(source, name));
    }
    if (entry.getMethod() != ZipEntry.STORED || entry.getSize() != entry.getCompressedSize()) {
      throw new InvalidInputException(
          ("%s: its entry %s is compressed; torch.save stores entries as they are\n"
                  + "unpack it and pack it again with zip -0, or save it again in Python")
              .formatted(source, name));
    }
    return new StoredBytes.InArchive(archive, entry);
  }

  @Override
  public void close() {
    try {
      archive.close();
    } catch (IOException e) {
      // It was only read.
      throw new InvalidInputException("cannot read %s: %s".formatted(source, e.getMessage()), e);
    }
  }
}
