"""Writes the pictures of this folder and pixels.txt: what Pillow and numpy say that they show.

Run it in this folder: python3 make_pictures.py
(Pillow 9.4.0 with libjpeg-turbo 2.1.5, numpy, and cjpeg and djpeg of libjpeg-turbo.)

A line of pixels.txt is: file, width, height, and the pixels as hexadecimal RRGGBB... The values are
those of Pillow's ImageOps.exif_transpose(image).convert("RGB"), with two exceptions that are not in
Pillow's power: of 16-bit gray it keeps 255 where OpenCV and this project keep the upper 8 bits, and
it cannot write most of the PNG variants, which is why they are put together here.
"""

import io
import struct
import subprocess
import warnings
import zlib

import numpy as np
from PIL import Image, ImageOps

warnings.simplefilter("ignore")
WIDTH, HEIGHT = 21, 13
random = np.random.RandomState(1)
lines = []


def smooth(channels):
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
    waves = [127 + 100 * np.sin(x / (3 + c) + c) * np.cos(y / (4 - c % 3)) for c in range(channels)]
    noise = random.randint(-20, 20, (HEIGHT, WIDTH, channels))
    return np.clip(np.stack(waves, -1) + noise, 0, 255).astype(np.uint8)


def record(name, data, pixels=None):
    with open(name, "wb") as file:
        file.write(data)
    if pixels is None:
        image = ImageOps.exif_transpose(Image.open(io.BytesIO(data))).convert("RGB")
        pixels = np.array(image)
    height, width, _ = pixels.shape
    lines.append("%s %d %d %s" % (name, width, height, pixels.astype(np.uint8).tobytes().hex()))


# PNG

GRAY, RGB, PALETTE, GRAY_ALPHA, RGB_ALPHA = 0, 2, 3, 4, 6
CHANNELS = {GRAY: 1, RGB: 3, PALETTE: 1, GRAY_ALPHA: 2, RGB_ALPHA: 4}
ADAM7 = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2),
         (0, 1, 1, 2)]


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def rows(samples, depth):
    """Packed rows, each after the number of its filter (none)."""
    packed = b""
    for row in samples:
        values = row.reshape(-1)
        if depth == 16:
            packed += b"\0" + values.astype(">u2").tobytes()
        elif depth == 8:
            packed += b"\0" + values.astype(np.uint8).tobytes()
        else:
            bits = "".join(format(v, "0%db" % depth) for v in values)
            bits += "0" * (-len(bits) % 8)
            packed += b"\0" + bytes(int(bits[i:i + 8], 2) for i in range(0, len(bits), 8))
    return packed


def png(samples, depth, colour, before=b"", after=b"", interlaced=False):
    height, width = samples.shape[:2]
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, int(interlaced))
    if interlaced:
        data = b""
        for x, y, dx, dy in ADAM7:
            part = samples[y::dy, x::dx]
            data += rows(part, depth) if part.size else b""
    else:
        data = rows(samples, depth)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + before
            + chunk(b"IDAT", zlib.compress(data)) + after + chunk(b"IEND", b""))


def samples(channels, depth):
    eight = smooth(channels).astype(np.int64)
    if depth == 16:
        return eight * 256 + random.randint(0, 256, eight.shape)
    return eight >> (8 - depth)


def palette(size):
    return chunk(b"PLTE", random.randint(0, 256, size * 3).astype(np.uint8).tobytes())


def linear_profile():
    """A small ICC profile of sRGB's primaries without gamma: who applies it changes every pixel."""
    def xyz(*values):
        return b"XYZ \0\0\0\0" + struct.pack(">iii", *(round(v * 65536) for v in values))

    curve = b"curv\0\0\0\0\0\0\0\0"
    text = b"text\0\0\0\0public\0"
    describing = b"desc\0\0\0\0" + struct.pack(">I", 7) + b"linear\0" + b"\0" * 78
    tags = [(b"desc", describing), (b"cprt", text), (b"wtpt", xyz(0.9642, 1, 0.8249)),
            (b"rXYZ", xyz(0.4361, 0.2225, 0.0139)), (b"gXYZ", xyz(0.3851, 0.7169, 0.0971)),
            (b"bXYZ", xyz(0.1431, 0.0606, 0.7141)), (b"rTRC", curve), (b"gTRC", curve),
            (b"bTRC", curve)]
    offset = 128 + 4 + 12 * len(tags)
    table, body = struct.pack(">I", len(tags)), b""
    for name, data in tags:
        data += b"\0" * (-len(data) % 4)
        table += name + struct.pack(">II", offset + len(body), len(data))
        body += data
    size = offset + len(body)
    header = struct.pack(">I4sI4s4s4s12s4s", size, b"none", 0x02100000, b"mntr", b"RGB ", b"XYZ ",
                         struct.pack(">6H", 2026, 1, 1, 0, 0, 0), b"acsp")
    header += b"\0" * 28 + struct.pack(">iii", 63190, 65536, 54061)
    return header + b"\0" * (128 - len(header)) + table + body


def exif(value, order="<", kind=3):
    """An EXIF block from its TIFF header on, with the orientation behind another tag."""
    mark = b"II" if order == "<" else b"MM"
    stored = struct.pack(order + "HH", value, 0) if kind == 3 else struct.pack(order + "I", value)
    return (mark + struct.pack(order + "HIH", 42, 8, 2)
            + struct.pack(order + "HHI", 0x010F, 2, 3) + b"me\0\0"
            + struct.pack(order + "HHI", 0x0112, kind, 1) + stored + b"\0\0\0\0")


def write_png():
    for depth in (1, 2, 4, 8):
        record("gray%d.png" % depth, png(samples(1, depth), depth, GRAY))
        size = 1 << depth
        record("palette%d.png" % depth, png(samples(1, depth), depth, PALETTE, palette(size)))
    wide = samples(1, 16)
    record("gray16.png", png(wide, 16, GRAY), np.repeat(wide >> 8, 3, -1))
    record("gray-alpha8.png", png(samples(2, 8), 8, GRAY_ALPHA))
    record("gray-alpha16.png", png(samples(2, 16), 16, GRAY_ALPHA))
    record("rgb8.png", png(samples(3, 8), 8, RGB))
    record("rgb16.png", png(samples(3, 16), 16, RGB))
    record("rgba8.png", png(samples(4, 8), 8, RGB_ALPHA))
    record("rgba16.png", png(samples(4, 16), 16, RGB_ALPHA))

    gray = samples(1, 8)
    colour = samples(3, 8)
    clear = chunk(b"tRNS", struct.pack(">H", gray[3, 4, 0]))
    record("gray8-one-transparent.png", png(gray, 8, GRAY, clear))
    clear = chunk(b"tRNS", struct.pack(">HHH", *colour[3, 4]))
    record("rgb8-one-transparent.png", png(colour, 8, RGB, clear))
    clear = chunk(b"tRNS", struct.pack(">H", 1))
    record("gray1-one-transparent.png", png(gray >> 7, 1, GRAY, clear))
    clear = chunk(b"tRNS", struct.pack(">H", wide[3, 4, 0]))
    record("gray16-one-transparent.png", png(wide, 16, GRAY, clear), np.repeat(wide >> 8, 3, -1))
    opacity = chunk(b"tRNS", bytes(range(0, 200, 2)))
    record("palette8-transparent.png", png(gray, 8, PALETTE, palette(256) + opacity))
    opacity = chunk(b"tRNS", b"\0\x80")
    record("palette4-transparent.png", png(gray >> 4, 4, PALETTE, palette(16) + opacity))
    record("palette8-of-40.png", png(gray % 40, 8, PALETTE, palette(40)))

    gamma = chunk(b"gAMA", struct.pack(">I", 100000))
    profile = chunk(b"iCCP", b"linear\0\0" + zlib.compress(linear_profile()))
    record("gray8-gamma.png", png(gray, 8, GRAY, gamma))
    record("rgb8-gamma.png", png(colour, 8, RGB, gamma))
    record("rgb8-profile.png", png(colour, 8, RGB, profile))
    record("rgb16-profile.png", png(samples(3, 16), 16, RGB, profile))
    record("palette8-profile.png", png(gray, 8, PALETTE, profile + palette(256)))
    record("rgb8-srgb.png", png(colour, 8, RGB, chunk(b"sRGB", b"\0")))
    record("rgb8-suggested-palette.png", png(colour, 8, RGB, palette(12)))
    text = chunk(b"zTXt", b"Comment\0\0" + zlib.compress(b"words " * 99)) + chunk(
        b"tEXt", b"Title\0words")
    record("rgb8-texts.png", png(colour, 8, RGB, text, text))
    record("rgb8-significant-bits.png", png(colour, 8, RGB, chunk(b"sBIT", b"\5\6\5")))

    for depth, kind, name in ((1, GRAY, "gray1"), (8, GRAY, "gray8"), (8, RGB, "rgb8"),
                              (4, PALETTE, "palette4"), (16, RGB_ALPHA, "rgba16"),
                              (2, GRAY, "gray2"), (8, GRAY_ALPHA, "gray-alpha8")):
        before = palette(16) if kind == PALETTE else b""
        data = png(samples(CHANNELS[kind], depth), depth, kind, before, interlaced=True)
        record(name + "-interlaced.png", data)

    record("rgb8-turned.png", png(colour, 8, RGB, chunk(b"eXIf", exif(6))))
    record("gray8-turned-at-the-end.png", png(gray, 8, GRAY, b"", chunk(b"eXIf", exif(8, ">"))))
    frames = io.BytesIO()
    first = Image.fromarray(colour.astype(np.uint8))
    first.save(frames, "PNG", save_all=True, append_images=[first.rotate(180)])
    record("rgb8-animated.png", frames.getvalue())


# JPEG

def segment(marker, data):
    return bytes([0xFF, marker]) + struct.pack(">H", len(data) + 2) + data


def pillow(image, **options):
    data = io.BytesIO()
    image.save(data, "JPEG", **options)
    return data.getvalue()


def run(command, data):
    done = subprocess.run(command, input=data, capture_output=True)
    if done.returncode not in (0, 2):  # 2: with warnings
        raise RuntimeError(done.stderr.decode())
    return done.stdout


def libjpeg(data):
    """What libjpeg-turbo shows of a file that Pillow itself stumbles over."""
    return np.array(Image.open(io.BytesIO(run(["djpeg", "-ppm"], data))))


def split(data):
    """The segments up to the first scan as (marker, bytes with marker), and the rest."""
    parts, at = [], 2
    while data[at + 1] != 0xDA:
        length = struct.unpack(">H", data[at + 2:at + 4])[0] + 2
        parts.append((data[at + 1], data[at:at + length]))
        at += length
    return parts, data[at:]


def joined(parts, rest):
    return b"\xff\xd8" + b"".join(part for _, part in parts) + rest


def without(data, *markers):
    parts, rest = split(data)
    return joined([part for part in parts if part[0] not in markers], rest)


def with_first(data, *segments):
    return data[:2] + b"".join(segments) + data[2:]


def adobe(transform):
    return segment(0xEE, b"Adobe" + struct.pack(">HHHB", 100, 0, 0, transform))


def with_ids(data, ids):
    """Other component ids in the frame and scan headers."""
    changed = bytearray(data)
    at = 2
    while True:
        marker = changed[at + 1]
        length = struct.unpack(">H", changed[at + 2:at + 4])[0] + 2
        if 0xC0 <= marker <= 0xC2:
            for i, component in enumerate(ids):
                changed[at + 10 + 3 * i] = component
        if marker == 0xDA:
            for i, component in enumerate(ids):
                changed[at + 5 + 2 * i] = component
            return bytes(changed)
        at += length


def write_jpeg():
    colour = Image.fromarray(smooth(3))
    gray = Image.fromarray(smooth(1)[:, :, 0])
    inks = Image.fromarray(smooth(4), "CMYK")
    for sampling, name in ((0, "444"), (1, "422"), (2, "420")):
        record("rgb-%s.jpg" % name, pillow(colour, subsampling=sampling, quality=90))
    ppm = io.BytesIO()
    colour.save(ppm, "PPM")
    ppm = ppm.getvalue()
    record("rgb-411.jpg", run(["cjpeg", "-sample", "4x1"], ppm))
    record("rgb-progressive.jpg", pillow(colour, progressive=True, quality=90))
    record("rgb-coarse.jpg", pillow(colour, quality=5))
    scans = run(["cjpeg", "-scans", "scans.txt"], ppm)
    record("rgb-three-scans.jpg", scans)
    record("gray.jpg", pillow(gray, quality=90))
    record("gray-progressive.jpg", pillow(gray, quality=90, progressive=True))
    record("gray-adobe.jpg", with_first(without(pillow(gray), 0xE0), adobe(0)))

    cmyk = pillow(inks, quality=90)
    record("cmyk.jpg", cmyk)
    record("cmyk-without-adobe.jpg", without(cmyk, 0xEE))
    record("cmyk-progressive.jpg", pillow(inks, quality=90, progressive=True))
    record("ycck.jpg", with_first(without(cmyk, 0xEE), adobe(2)))
    record("ycck-420.jpg", with_first(
        without(pillow(inks, quality=90, subsampling=2), 0xEE), adobe(2)))

    full = pillow(colour, quality=90, subsampling=0)
    bare = without(full, 0xE0)
    record("rgb-adobe-transform-0.jpg", with_first(bare, adobe(0)))
    record("rgb-adobe-transform-1.jpg", with_first(bare, adobe(1)))
    record("rgb-adobe-transform-9.jpg", with_first(bare, adobe(9)))
    record("rgb-jfif-and-adobe-transform-0.jpg", with_first(full, adobe(0)))
    record("rgb-bare.jpg", bare)
    record("rgb-bare-ids-rgb.jpg", with_ids(bare, b"RGB"))
    record("rgb-bare-ids-012.jpg", with_ids(bare, [0, 1, 2]))
    record("rgb-jfif-ids-rgb.jpg", with_ids(full, b"RGB"))
    record("rgb-cjpeg.jpg", run(["cjpeg", "-rgb"], ppm))

    profile = segment(0xE2, b"ICC_PROFILE\0\1\1" + linear_profile())
    record("rgb-profile.jpg", with_first(full, profile))
    record("gray-profile.jpg", with_first(pillow(gray), profile))
    record("cmyk-profile.jpg", with_first(cmyk, profile))
    record("rgb-broken-profile.jpg", with_first(full, segment(0xE2, b"ICC_PROFILE\0\1\1broken")))
    broken = with_first(bare, segment(0xE0, b"JFIF\0"))
    record("rgb-broken-jfif.jpg", broken, libjpeg(broken))
    record("rgb-comment.jpg", with_first(full, segment(0xFE, b"words"), segment(0xEC, b"")))
    record("rgb-extended.jpg", full.replace(b"\xff\xc0", b"\xff\xc1", 1))

    restarts = run(["cjpeg", "-restart", "1B", "-sample", "1x1"], ppm)
    record("rgb-restarts.jpg", restarts)
    record("rgb-motion.jpg", without(full, 0xC4))
    progressive = pillow(colour, progressive=True, quality=90)
    parts, rest = split(full)
    record("stray-before-end.jpg", full[:-2] + b"\x12\x34" + full[-2:])
    record("stray-before-end-zero.jpg", full[:-2] + b"\0" * 40 + full[-2:])
    record("stray-fill.jpg", full[:-2] + b"\xff\xff\xff" + full[-2:])
    zeros = b"\xff\xd8" + b"".join(part + b"\0\0" for _, part in parts)
    record("stray-zeros-between-segments.jpg", zeros + rest)
    record("stray-between-segments.jpg", zeros + b"\x55\0\xff\0" + rest)
    stray = full[:2] + b"\0\0\0" + full[2:]
    record("stray-zeros-before-the-first-segment.jpg", stray, libjpeg(stray))
    record("stray-fill-between-segments.jpg",
           b"\xff\xd8" + b"".join(b"\xff\xff" + part for _, part in parts) + rest)
    record("stray-behind-end.jpg", full + b"more" + full)
    at = [i for i in range(len(restarts) - 1)
          if restarts[i] == 0xFF and 0xD0 <= restarts[i + 1] <= 0xD7]
    stray = restarts
    for place in at[3::-1]:
        stray = stray[:place] + b"\0\0\x77" + stray[place:]
    record("stray-before-restarts.jpg", stray)
    at = [i for i in range(20, len(progressive) - 1)
          if progressive[i] == 0xFF and progressive[i + 1] == 0xC4]
    stray = progressive
    for place in at[:1:-1]:
        stray = stray[:place] + b"\x11\x22" + stray[place:]
    record("stray-between-scans.jpg", stray)

    for value in range(1, 9):
        order = "<>"[value % 2]
        tagged = segment(0xE1, b"Exif\0\0" + exif(value, order))
        record("turned-%d.jpg" % value, with_first(pillow(colour, quality=90), tagged))
    turned = b"Exif\0\0" + exif(6)
    record("gray-turned.jpg", with_first(pillow(gray), segment(0xE1, turned)))
    record("cmyk-turned.jpg", with_first(cmyk, segment(0xE1, turned)))
    record("turned-by-a-long.jpg",
           with_first(full, segment(0xE1, b"Exif\0\0" + exif(8, ">", 4))))
    for name, block in (("empty", b"Exif\0\0"), ("cut", turned[:20]),
                        ("nonsense", b"Exif\0\0" + b"?" * 40),
                        ("far", b"Exif\0\0II*\0\xff\xff\xff\xff"),
                        ("value-0", b"Exif\0\0" + exif(0)), ("value-9", b"Exif\0\0" + exif(9))):
        data = with_first(full, segment(0xE1, block))
        record("exif-%s.jpg" % name, data, np.array(Image.open(io.BytesIO(data)).convert("RGB")))


with open("scans.txt", "w") as file:
    file.write("0;\n1;\n2;\n")
write_png()
write_jpeg()
with open("pixels.txt", "w") as file:
    file.write("\n".join(lines) + "\n")
