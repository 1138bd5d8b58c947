package io.videottt.catalog.image;

import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;

/**
 * The JDK's own image readers: whatever else is on a cluster's class path, a picture has the same
 * pixels everywhere.
 */
final class JdkImageReaders {

  private static final String PACKAGE = "com.sun.imageio.plugins.";

  private JdkImageReaders() {}

  /** A new reader of a format, to be disposed of. */
  static ImageReader of(String format) {
    Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format);
    while (readers.hasNext()) {
      ImageReader reader = readers.next();
      if (reader.getClass().getName().startsWith(PACKAGE)) {
        return reader;
      }
      reader.dispose();
    }
    throw new IllegalStateException("every JDK reads " + format);
  }
}
