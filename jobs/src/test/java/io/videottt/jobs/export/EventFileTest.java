package io.videottt.jobs.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class EventFileTest {

  /** What TensorBoard 2.21's own RecordWriter writes for a version and one number. */
  private static final String VERSION =
      "1800000000000000a37f4b2209000000000000f83f1a0d627261696e2e4576656e743a322a28646c";

  private static final String NUMBER =
      "1b000000000000001a0d9e1309000000000000f83f10ac022a0d0a0b0a046d696f75150000803e8099305f";

  @Test
  void theBytesAreThoseOfTensorBoardsOwnWriter() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    EventFile file = new EventFile(bytes, 1.5);
    file.scalar("miou", 300, 0.25, 1.5);

    assertThat(HexFormat.of().formatHex(bytes.toByteArray())).isEqualTo(VERSION + NUMBER);
  }

  /** The check value of CRC-32C, E3069283, rotated right by 15 and a constant added. */
  @Test
  void checksumsAreMaskedAsTensorFlowDoesIt() {
    int crc = 0xe3069283;
    int expected = (crc >>> 15 | crc << 17) + 0xa282ead8;

    assertThat(EventFile.masked("123456789".getBytes(StandardCharsets.US_ASCII)))
        .isEqualTo(expected);
  }
}
