package io.videottt.jobs.drawing;

import io.videottt.base.FailureReason;
import io.videottt.base.InvalidInputException;
import io.videottt.catalog.file.FolderListing;
import io.videottt.catalog.film.VideoFilesLayout;
import io.videottt.catalog.image.ImageDecoder;
import io.videottt.catalog.image.LabelMap;
import io.videottt.catalog.image.RgbImage;
import io.videottt.io.storage.Storage;
import io.videottt.io.storage.StorageLocation;
import io.videottt.metrics.PanopticMap;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Reads images and writes label maps and overlays, on any Hadoop file system. */
public final class ImageFiles {

  private static final int LARGEST_FILE_BYTES = 256 << 20;

  private final Configuration hadoop;
  private final Optional<Path> temporaryFolder;

  public ImageFiles(Configuration hadoop) {
    this(hadoop, Optional.empty());
  }

  /**
   * As above.
   *
   * @param temporaryFolder where files are written before they are renamed; empty for the folder
   *     that they will be in
   */
  public ImageFiles(Configuration hadoop, Optional<Path> temporaryFolder) {
    this.hadoop = hadoop;
    this.temporaryFolder = temporaryFolder;
  }

  /**
   * The image, or the images of a folder by name; broken links are among them, so that they are
   * named when they are read.
   *
   * @throws InvalidInputException when there are none
   */
  public ImageList list(String input) {
    Path path = StorageLocation.parse(input, "--input");
    try {
      FileSystem files = Storage.of(path, hadoop).fileSystem();
      if (!files.getFileStatus(path).isDirectory()) {
        return VideoFilesLayout.isFilm(path.getName())
            ? new ImageList(List.of(), List.of(path), List.of())
            : new ImageList(List.of(path), List.of(), List.of());
      }
      FolderListing listing = FolderListing.of(path, hadoop);
      List<Path> images = new ArrayList<>(listing.broken());
      List<Path> films = new ArrayList<>();
      List<Path> others = new ArrayList<>();
      for (FileStatus child : listing.children()) {
        String name = child.getPath().getName();
        boolean image = child.isFile() && isImage(name);
        boolean film = child.isFile() && VideoFilesLayout.isFilm(name);
        (image ? images : film ? films : others).add(child.getPath());
      }
      images.sort(Comparator.naturalOrder());
      films.sort(Comparator.naturalOrder());
      if (images.isEmpty() && films.isEmpty()) {
        throw new InvalidInputException(
            "%s: the folder holds no .png, .jpg or .jpeg file, and no video".formatted(input));
      }
      return new ImageList(images, films, others);
    } catch (FileNotFoundException e) {
      throw new InvalidInputException("%s: no such image or folder".formatted(input), e);
    } catch (IOException e) {
      throw new InvalidInputException(
          "%s: cannot be read (%s)".formatted(input, FailureReason.of(e)), e);
    }
  }

  private static boolean isImage(String fileName) {
    String name = fileName.toLowerCase(Locale.ROOT);
    return name.endsWith(".png") || name.endsWith(".jpg") || name.endsWith(".jpeg");
  }

  public RgbImage read(Path file) {
    try {
      FileSystem files = Storage.of(file, hadoop).fileSystem();
      long length = files.getFileStatus(file).getLen();
      if (length > LARGEST_FILE_BYTES) {
        throw new InvalidInputException(
            "%s: %d bytes, at most %d are read".formatted(file, length, LARGEST_FILE_BYTES));
      }
      try (var in = files.open(file)) {
        return ImageDecoder.decodeColour(in.readAllBytes(), file.toString());
      }
    } catch (IOException e) {
      throw new InvalidInputException(
          "%s: cannot be read (%s)".formatted(file, FailureReason.of(e)), e);
    }
  }

  /** Writes class ids as gray values. */
  public void writeLabels(Path file, LabelMap labels) {
    BufferedImage image =
        new BufferedImage(labels.width(), labels.height(), BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setDataElements(0, 0, labels.width(), labels.height(), labels.labels());
    write(file, image);
  }

  /** Writes the classes' colours, half transparent, over the image. */
  public void writeOverlay(Path file, RgbImage image, LabelMap labels, ClassColours colours) {
    write(file, Overlays.classes(image, labels, colours));
  }

  /** Writes segment ids as COCO does: red + 256 green + 65536 blue. */
  public void writeSegmentIds(Path file, PanopticMap map) {
    BufferedImage image = new BufferedImage(map.width(), map.height(), BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < map.ids().length; i++) {
      int id = map.ids()[i];
      // What no class is scored for is void to the benchmark.
      int rgb = id == PanopticMap.UNSCORED ? 0 : (id & 0xff) << 16 | id & 0xff00 | id >> 16;
      image.setRGB(i % map.width(), i / map.width(), rgb);
    }
    write(file, image);
  }

  /** Writes a picture as PNG. */
  public void write(Path file, BufferedImage image) {
    write(file, image, "png");
  }

  /** Writes a picture without transparency as JPEG. */
  public void writeJpeg(Path file, BufferedImage image) {
    write(file, image, "jpeg");
  }

  private void write(Path file, BufferedImage image, String format) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, format, bytes);
      Storage.of(file, hadoop)
          .write(file, temporaryFolder.orElse(file.getParent()), bytes::writeTo);
    } catch (IOException e) {
      throw new InvalidInputException(
          "%s: cannot be written (%s); choose another --output"
              .formatted(file, FailureReason.of(e)),
          e);
    }
  }
}
