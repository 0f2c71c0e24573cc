"""What becomes of a photo somebody sends."""

import pytest
from PIL import Image, ImageCms

from zhongshu.base.http.refusals import Invalid, TooLarge
from zhongshu.registers.documents.rules import images, jpeg
from zhongshu.registers.documents.tests.pictures import (
    BLUE,
    GREEN,
    RED,
    near,
    picture,
    png_header,
    read,
    sent,
)

GPS, ORIENTATION = 0x8825, 0x0112


def halves(width: int = 80, height: int = 40) -> Image.Image:
    """Red on the left, blue on the right."""
    image = picture(width, height)
    image.paste(BLUE, (width // 2, 0, width, height))
    return image


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_is_kept_as_a_jpeg_of_its_size_with_a_small_one(kind: str) -> None:
    photo = images.photo(sent(picture(1_200, 900), kind))
    kept, small = read(photo.jpeg), read(photo.thumbnail)
    assert (kept.format, kept.size, (photo.width, photo.height)) == ("JPEG", (1_200, 900), (1_200, 900))
    assert (small.format, small.size) == ("JPEG", (480, 360))
    assert near(kept.getpixel((600, 450)), RED)


def test_where_and_with_what_it_was_taken_is_gone() -> None:
    exif = Image.Exif()
    exif[0x010F], exif[0x0110] = "Camera maker", "Camera model"
    exif.get_ifd(GPS)[2] = (31.0, 14.0, 9.0)
    data = sent(picture(), exif=exif, comment=b"taken by Li", dpi=(300, 300), xmp=b"<x:xmpmeta>Li</x:xmpmeta>")
    assert b"Camera" in data and b"taken by Li" in data and b"xmpmeta" in data
    photo = images.photo(data)
    for kept in (photo.jpeg, photo.thumbnail):
        assert not read(kept).getexif()
        assert not any(word in kept for word in (b"Exif", b"Camera", b"Li", b"ICC_PROFILE", b"http"))


@pytest.mark.parametrize(
    "hidden", [b"PK\x03\x04archive", b"<html><script>alert(1)</script>", b"\x00\x00\x00\x18ftypmp42"]
)
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_what_hides_behind_a_picture_is_gone(kind: str, hidden: bytes) -> None:
    photo = images.photo(sent(picture(), kind) + hidden)
    assert hidden not in photo.jpeg and photo.jpeg.endswith(b"\xff\xd9")
    assert hidden not in photo.thumbnail


def test_a_page_inside_a_comment_is_gone() -> None:
    page = b"*/=alert(1);/*<script src=x></script>"
    assert page not in images.photo(sent(picture(), comment=page)).jpeg


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_stands_upright_however_the_camera_was_held(orientation: int) -> None:
    upright, exif = halves(), Image.Exif()
    exif[ORIENTATION] = orientation
    undo = {
        2: "FLIP_LEFT_RIGHT", 3: "ROTATE_180", 4: "FLIP_TOP_BOTTOM", 5: "TRANSPOSE", 6: "ROTATE_90",
        7: "TRANSVERSE", 8: "ROTATE_270",
    }  # fmt: skip
    held = upright.transpose(Image.Transpose[undo[orientation]]) if orientation in undo else upright
    photo = images.photo(sent(held, exif=exif, quality=95))
    kept = read(photo.jpeg)
    assert (kept.size, photo.width, photo.height) == ((80, 40), 80, 40)
    assert near(kept.getpixel((8, 20)), RED) and near(kept.getpixel((72, 20)), BLUE)


def test_a_broken_orientation_does_not_lose_the_photo() -> None:
    data = sent(picture(), exif=b"Exif\x00\x00MM\x00*\x00\x00\xff\xff garbage")
    assert images.photo(data).width == 64


def test_a_long_photo_is_kept_at_no_more_than_2560() -> None:
    photo = images.photo(sent(picture(7_000, 350)))
    assert photo.width <= 2_560 and photo.width >= images.LEAST_SIDE
    assert images.photo(sent(picture(350, 3_000), "PNG")).height == 2_560
    assert images.photo(sent(picture(2_560, 20))).width == 2_560


@pytest.mark.parametrize(("width", "height"), [(1, 1), (1, 3_000), (5_000, 1)])
def test_a_photo_may_be_very_thin(width: int, height: int) -> None:
    photo = images.photo(sent(picture(width, height)))
    assert min(photo.width, photo.height, *read(photo.thumbnail).size) >= 1


def test_printing_colours_become_screen_colours() -> None:
    kept = read(images.photo(sent(picture(mode="CMYK", colour=(0, 255, 255, 0)))).jpeg)
    assert kept.mode == "RGB" and near(kept.getpixel((10, 10)), (255, 0, 0))


@pytest.mark.parametrize(
    ("mode", "colour", "kept"),
    [
        ("L", 90, (90, 90, 90)),
        ("1", 1, (255, 255, 255)),
        ("RGBA", (*GREEN, 255), GREEN),
        ("RGBA", (*GREEN, 0), (255, 255, 255)),
        ("LA", (90, 0), (255, 255, 255)),
        ("I;16", 90 * 257, (90, 90, 90)),
    ],
)
def test_any_kind_of_pixel_becomes_plain_colour_on_white(mode: str, colour: object, kept: object) -> None:
    photo = images.photo(sent(picture(mode=mode, colour=colour), "PNG"))
    assert near(read(photo.jpeg).getpixel((10, 10)), kept)  # type: ignore[arg-type]


def test_a_palette_with_a_hole_is_laid_on_white() -> None:
    image = halves().quantize(2)
    clear = image.getpixel((0, 0))
    kept = read(images.photo(sent(image, "PNG", transparency=clear)).jpeg)
    assert near(kept.getpixel((8, 20)), (255, 255, 255)) and near(kept.getpixel((72, 20)), BLUE)


def test_colours_are_those_the_profile_means() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = (
        profile.replace(b"rXYZ", b"????").replace(b"gXYZ", b"rXYZ").replace(b"????", b"gXYZ").replace(b"sRGB", b"test")
    )
    swapped = swapped.replace("sRGB".encode("utf-16-be"), "test".encode("utf-16-be"))
    kept = read(images.photo(sent(picture(colour=(255, 0, 0)), icc_profile=swapped)).jpeg)
    red, green, _ = kept.getpixel((10, 10))
    assert green > 240 and red < 16
    assert "icc_profile" not in kept.info


def test_a_broken_profile_does_not_lose_the_photo() -> None:
    assert near(read(images.photo(sent(picture(), icc_profile=b"no profile" * 20)).jpeg).getpixel((9, 9)), RED)


def test_of_several_pictures_in_one_file_the_first_is_kept() -> None:
    pair = sent(picture(), "MPO", save_all=True, append_images=[picture(colour=BLUE)])
    assert near(read(images.photo(pair).jpeg).getpixel((10, 10)), RED)
    moving = sent(picture(), "WEBP", save_all=True, append_images=[picture(colour=BLUE)], lossless=True)
    assert near(read(images.photo(moving).jpeg).getpixel((10, 10)), RED)


@pytest.mark.parametrize(
    "data",
    [
        b"not a picture",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"GIF89a\x01\x00\x01\x00\x00\xff\x00,",
        b"%PDF-1.7",
        b"BM" + bytes(60),
        b"II*\x00" + bytes(60),
        b"\x00\x00\x00\x1cftypavif",
    ],
)
def test_what_is_no_photo_is_refused_whatever_it_is_called(data: bytes) -> None:
    with pytest.raises(Invalid, match="JPEG、PNG"):
        images.photo(data)


def test_nothing_is_not_a_photo() -> None:
    with pytest.raises(Invalid, match="空的"):
        images.photo(b"")


def test_a_telephone_s_own_format_is_answered_with_what_to_do() -> None:
    with pytest.raises(Invalid, match="HEIC"):
        images.photo(b"\x00\x00\x00\x18ftypheic" + bytes(40))


def test_too_many_bytes_are_refused_unread() -> None:
    with pytest.raises(TooLarge, match="15 MB"):
        images.photo(b"\xff\xd8\xff" + bytes(images.MOST_BYTES))


@pytest.mark.parametrize("size", [(20_000, 20_000), (10_000, 10_000), (6_400, 6_300), (2**31 - 1, 2**31 - 1)])
def test_too_many_pixels_are_refused_from_the_header_alone(size: tuple[int, int]) -> None:
    with pytest.raises(TooLarge, match="4000 万像素"):
        images.photo(png_header(*size))


def test_forty_megapixels_are_not_too_many() -> None:
    with pytest.raises(Invalid, match="打不开"):
        images.photo(png_header(8_000, 5_000))


@pytest.mark.parametrize("size", [(0, 0), (0, 10), (10, 0)])
def test_a_picture_without_pixels_is_refused(size: tuple[int, int]) -> None:
    with pytest.raises(Invalid, match="打不开"):
        images.photo(png_header(*size))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_cut_off_on_its_way_is_refused(kind: str) -> None:
    whole = sent(Image.effect_noise((300, 200), 60).convert("RGB"), kind)
    for part in (12, 40, len(whole) // 2):
        with pytest.raises(Invalid):
            images.photo(whole[:part])


def test_a_photo_of_a_thousand_scans_is_refused_before_it_is_decoded() -> None:
    whole = sent(picture(), progressive=True)
    assert 2 <= jpeg.scans(whole, 100) <= 12
    start = whole.rindex(b"\xff\xda")
    with pytest.raises(TooLarge, match="过于复杂"):
        images.photo(whole[:start] + whole[start:-2] * 1_000 + whole[-2:])


def test_scans_are_counted_in_the_picture_and_not_in_what_lies_beside_it() -> None:
    plain = sent(picture(), comment=b"\xff\xda" * 500)
    assert jpeg.scans(plain, 100) == 1
    assert jpeg.scans(plain + b"\xff\xda" * 500, 100) == 1
    assert images.photo(plain + b"\xff\xda" * 500).width == 64


def test_random_damage_is_a_sentence_or_a_photo_and_never_a_crash() -> None:
    from random import Random

    chance = Random(7)
    for kind in ("JPEG", "PNG", "WEBP"):
        whole = sent(Image.effect_noise((40, 30), 60).convert("RGB"), kind)
        for _ in range(150):
            damaged = bytearray(whole)
            for _ in range(chance.randint(1, 6)):
                damaged[chance.randrange(len(damaged))] = chance.randrange(256)
            try:
                assert images.photo(bytes(damaged)).jpeg
            except (Invalid, TooLarge) as refused:
                assert refused.field == "photos"
