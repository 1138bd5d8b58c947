package io.videottt.jobs.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Checkpoints as Python writes them: detectron2's pickles of arrays, and archives of torch.save.
 */
final class FuzzPickles {

  /** A tensor of numbers of 32 bits. */
  record Tensor(long[] shape, float[] values) {

    private byte[] bytes() {
      ByteBuffer bytes =
          ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      bytes.asFloatBuffer().put(values);
      return bytes.array();
    }
  }

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private FuzzPickles() {
    op(0x80).op(2);
  }

  /** As {@code torch.save} writes a dictionary of tensors. */
  static byte[] torch(Map<String, Tensor> tensors) throws IOException {
    FuzzPickles pickle = new FuzzPickles();
    pickle.op('}').op('(');
    int key = 0;
    for (Map.Entry<String, Tensor> each : tensors.entrySet()) {
      Tensor tensor = each.getValue();
      pickle.text(each.getKey()).global("torch._utils", "_rebuild_tensor_v2").op('(');
      pickle.op('(').text("storage").global("torch", "FloatStorage").text("" + key++);
      pickle.text("cpu").integer(tensor.values().length).op('t').op('Q').integer(0);
      pickle.integers(tensor.shape()).integers(strides(tensor.shape())).op(0x89);
      pickle.global("collections", "OrderedDict").op(')').op('R').op('t').op('R');
    }
    pickle.op('u').op('.');
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(file)) {
      store(zip, "archive/data.pkl", pickle.out.toByteArray());
      int storage = 0;
      for (Tensor tensor : tensors.values()) {
        store(zip, "archive/data/" + storage++, tensor.bytes());
      }
      store(zip, "archive/version", "3\n".getBytes(StandardCharsets.US_ASCII));
    }
    return file.toByteArray();
  }

  /** As detectron2 pickles a model of arrays. */
  static byte[] detectron(Map<String, Tensor> tensors) {
    FuzzPickles pickle = new FuzzPickles();
    pickle.op('}').op('(').text("model").op('}').op('(');
    for (Map.Entry<String, Tensor> each : tensors.entrySet()) {
      byte[] bytes = each.getValue().bytes();
      pickle.text(each.getKey()).global("numpy.core.multiarray", "_reconstruct").op('(');
      pickle.global("numpy", "ndarray").integers(0).shortBytes("b").op('t').op('R').op('(');
      pickle.integer(1).integers(each.getValue().shape()).global("numpy", "dtype").op('(');
      pickle.text("f4").integer(0).integer(1).op('t').op('R').op('(').integer(3).text("<");
      pickle.op('N').op('N').op('N').integer(-1).integer(-1).integer(0).op('t').op('b');
      pickle.op(0x89).op('T').fixed(bytes.length);
      pickle.out.writeBytes(bytes);
      pickle.op('t').op('b');
    }
    pickle.op('u').text("__author__").text("tests").op('u').op('.');
    return pickle.out.toByteArray();
  }

  private static void store(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
    CRC32 sum = new CRC32();
    sum.update(bytes);
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(bytes.length);
    entry.setCrc(sum.getValue());
    zip.putNextEntry(entry);
    zip.write(bytes);
    zip.closeEntry();
  }

  private static long[] strides(long[] shape) {
    long[] strides = new long[shape.length];
    long stride = 1;
    for (int i = shape.length - 1; i >= 0; i--) {
      strides[i] = stride;
      stride *= shape[i];
    }
    return strides;
  }

  private FuzzPickles op(int code) {
    out.write(code);
    return this;
  }

  private FuzzPickles fixed(int number) {
    out.writeBytes(
        ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(number).array());
    return this;
  }

  private FuzzPickles integer(int number) {
    return op('J').fixed(number);
  }

  private FuzzPickles integers(long... numbers) {
    op('(');
    for (long number : numbers) {
      integer((int) number);
    }
    return op('t');
  }

  private FuzzPickles text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    op('X').fixed(bytes.length).out.writeBytes(bytes);
    return this;
  }

  private FuzzPickles shortBytes(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    op('U').op(bytes.length).out.writeBytes(bytes);
    return this;
  }

  private FuzzPickles global(String module, String name) {
    op('c').out.writeBytes((module + "\n" + name + "\n").getBytes(StandardCharsets.US_ASCII));
    return this;
  }
}
