package io.videottt.catalog.miniature;

import io.videottt.base.InvalidInputException;
import io.videottt.catalog.file.StoredFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.UUID;

/**
 * The paper's data sets in small: folders in the layouts of KITTI-STEP, Cityscapes, COCO Videos and
 * COCO, with the names of the published videos and pictures of the generated street scenes, 160 x
 * 96 pixels. Everything that is computed of them is computed as of the published data, but says
 * nothing about them.
 *
 * @param frames of every video, and stills of every city and of every split of COCO; 1 to 100
 */
public record Miniature(int frames) {

  private static final int MOST_FRAMES = 100;

  /**
   * A folder of a data set.
   *
   * @param dataset its name in the catalogue
   * @param folder its root
   * @param images number of pictures with or without labels
   */
  public record Root(String dataset, Path folder, int images) {}

  /** Checks the number. */
  public Miniature {
    if (frames < 1 || frames > MOST_FRAMES) {
      throw new InvalidInputException(
          "a miniature's videos have 1 to %d frames, not %d".formatted(MOST_FRAMES, frames));
    }
  }

  /**
   * Writes the folders, all of them or none.
   *
   * @param output a new or empty folder
   * @return the data sets' roots
   * @throws InvalidInputException when there is something at this place, or it cannot be written
   */
  public List<Root> writeTo(Path output) {
    Path target = output.toAbsolutePath().normalize();
    try {
      requireFree(target, output);
      Files.createDirectories(target.getParent());
      Path unfinished = target.resolveSibling(".miniature." + UUID.randomUUID());
      try {
        List<Integer> images = write(unfinished);
        // An empty folder is replaced, one that was filled meanwhile is not.
        Files.deleteIfExists(target);
        Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
        return List.of(
            new Root("kitti-step", output.resolve(MiniatureKittiStep.FOLDER), images.get(0)),
            new Root("cityscapes", output.resolve(MiniatureCityscapes.FOLDER), images.get(1)),
            new Root("coco-videos", output.resolve(MiniatureCocoVideos.FOLDER), images.get(2)),
            new Root("coco-panoptic", output.resolve(MiniatureCocoStills.FOLDER), images.get(3)));
      } finally {
        delete(unfinished);
      }
    } catch (AtomicMoveNotSupportedException e) {
      throw new InvalidInputException(
          output + ": folders cannot be renamed there; choose a folder of a local disk", e);
    } catch (IOException e) {
      throw new InvalidInputException(
          "%s: cannot be written: %s".formatted(output, StoredFiles.reason(e)), e);
    } catch (UncheckedIOException e) {
      throw new InvalidInputException(
          "%s: cannot be written: %s".formatted(output, StoredFiles.reason(e.getCause())), e);
    }
  }

  private List<Integer> write(Path folder) throws IOException {
    return List.of(
        new MiniatureKittiStep(folder, frames).write(),
        new MiniatureCityscapes(folder, frames).write(),
        new MiniatureCocoVideos(folder, frames).write(),
        new MiniatureCocoStills(folder, frames).write());
  }

  private static void requireFree(Path target, Path output) throws IOException {
    if (!Files.exists(target)) {
      return;
    }
    boolean free = false;
    if (Files.isDirectory(target)) {
      try (var children = Files.list(target)) {
        free = children.findAny().isEmpty();
      }
    }
    if (!free || target.getParent() == null) {
      throw new InvalidInputException(
          output + ": is there already and not empty; name a new folder");
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path left, IOException failure)
              throws IOException {
            Files.delete(left);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
