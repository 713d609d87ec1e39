using SshFunctions.Ssh.Wire;

namespace SshFunctions.Ssh.Revocation;

/// <summary>Writes serials as list, range or bitmap, in the combination that takes the fewest bytes.</summary>
/// <remarks>Walks the runs once, keeping the cheapest way to arrive at each in each of the three forms: exact but for the rounding
/// of a bitmap to whole bytes. Source of the forms: PROTOCOL.krl, "Certificate serial list/range/bitmap section".</remarks>
internal static class SerialSections
{
    // Costs in bits. A section begins with a type and a length; a range adds two serials, a bitmap an offset, a length and,
    // on average, half a byte of rounding and half a byte that keeps it positive.
    private const double SectionBits = 8 * 5;
    private const double SerialBits = 64;
    private const double RangeBits = SectionBits + (2 * SerialBits);
    private const double BitmapBits = SectionBits + SerialBits + 32 + 8;

    private enum Form : byte
    {
        List,
        Range,
        Bitmap,
    }

    public static void Write(SshWriter writer, List<SerialRange> runs)
    {
        Form[] forms = Choose(runs);
        int start = 0;
        while (start < runs.Count)
        {
            int end = start + 1;
            while (end < runs.Count && forms[end] == forms[start] && forms[start] != Form.Range && Fits(runs, start, end, forms[start]))
                end++;
            Write(writer, forms[start], runs, start, end);
            start = end;
        }
    }

    private static Form[] Choose(List<SerialRange> runs)
    {
        // cameFrom[n][form]: the form of run n - 1 on the cheapest way that gives run n this form.
        var cameFrom = new (Form List, Form Range, Form Bitmap)[runs.Count];
        (double list, double range, double bitmap) = (0, 0, 0);
        for (int index = 0; index < runs.Count; index++)
        {
            double length = (double)(runs[index].Last - runs[index].First) + 1;
            double gap = index == 0 ? 0 : runs[index].First - runs[index - 1].Last - 1;
            bool isFirst = index == 0;

            (double nextList, Form listFrom) = Cheapest(isFirst ? list + SectionBits : list, range + SectionBits, bitmap + SectionBits);
            (double nextRange, Form rangeFrom) = Cheapest(list, range, bitmap);
            (double nextBitmap, Form bitmapFrom) = Cheapest(list + BitmapBits, range + BitmapBits, bitmap + (isFirst ? BitmapBits : gap));
            cameFrom[index] = (listFrom, rangeFrom, bitmapFrom);

            list = nextList + (length * SerialBits);
            range = nextRange + RangeBits;
            bitmap = length > KrlFormat.MaximumBitmapBits ? double.PositiveInfinity : nextBitmap + length;
        }

        var forms = new Form[runs.Count];
        (_, Form form) = Cheapest(list, range, bitmap);
        for (int index = runs.Count - 1; index >= 0; index--)
        {
            forms[index] = form;
            form = form switch
            {
                Form.List => cameFrom[index].List,
                Form.Range => cameFrom[index].Range,
                _ => cameFrom[index].Bitmap,
            };
        }

        return forms;
    }

    private static (double Cost, Form From) Cheapest(double list, double range, double bitmap)
    {
        (double cost, Form from) = range <= list ? (range, Form.Range) : (list, Form.List);
        return bitmap < cost ? (bitmap, Form.Bitmap) : (cost, from);
    }

    private static bool Fits(List<SerialRange> runs, int start, int end, Form form) =>
        form != Form.Bitmap || runs[end].Last - runs[start].First < KrlFormat.MaximumBitmapBits;

    private static void Write(SshWriter writer, Form form, List<SerialRange> runs, int start, int end)
    {
        switch (form)
        {
            case Form.List:
                WriteList(writer, runs, start, end);
                break;
            case Form.Range:
                writer.WriteByte(KrlFormat.SerialRange);
                writer.WriteUInt32(2 * sizeof(ulong));
                writer.WriteUInt64(runs[start].First);
                writer.WriteUInt64(runs[start].Last);
                break;
            default:
                WriteBitmap(writer, runs, start, end);
                break;
        }
    }

    private static void WriteList(SshWriter writer, List<SerialRange> runs, int start, int end)
    {
        writer.WriteByte(KrlFormat.SerialList);
        int mark = writer.BeginString();
        for (int index = start; index < end; index++)
        {
            ulong count = runs[index].Last - runs[index].First + 1;
            for (ulong step = 0; step < count; step++)
                writer.WriteUInt64(runs[index].First + step);
        }

        writer.EndString(mark);
    }

    //  uint64  offset
    //  mpint   bitmap: bit n revokes serial offset + n
    private static void WriteBitmap(SshWriter writer, List<SerialRange> runs, int start, int end)
    {
        ulong offset = runs[start].First;
        byte[] bitmap = new byte[((runs[end - 1].Last - offset) / 8) + 1];
        for (int index = start; index < end; index++)
        {
            int first = (int)(runs[index].First - offset);
            int last = (int)(runs[index].Last - offset);
            for (int bit = first; bit <= last; bit++)
                bitmap[bitmap.Length - 1 - (bit / 8)] |= (byte)(1 << (bit % 8));
        }

        writer.WriteByte(KrlFormat.SerialBitmap);
        int mark = writer.BeginString();
        writer.WriteUInt64(offset);
        writer.WriteMpint(bitmap);
        writer.EndString(mark);
    }
}
