using System.Globalization;
using System.Text;

namespace SshFunctions.Benchmarks.Growth;

/// <summary>A line for each kind of request over the journal's entries; both axes logarithmic.</summary>
internal sealed class GrowthPicture(IReadOnlyList<GrownSize> sizes)
{
    private const double Left = 80;
    private const double Right = 560;
    private const double Top = 30;
    private const double Bottom = 400;
    private static readonly string[] Colours = ["#444444", "#0072b2", "#009e73", "#e69f00", "#d55e00", "#cc79a7"];
    private readonly int _firstPower = (int)Math.Floor(Math.Log10(sizes[0].Entries));
    private readonly int _lastPower = (int)Math.Ceiling(Math.Log10(sizes[^1].Entries));
    private readonly int _lowest = (int)Math.Floor(Math.Log10(sizes.SelectMany(size => size.Lines).Min(line => line.Timing.Median)));
    private readonly int _highest = (int)Math.Ceiling(Math.Log10(sizes.SelectMany(size => size.Lines).Max(line => line.Timing.Median)));
    private readonly StringBuilder _text = new();

    public string ToSvg()
    {
        Line("""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 460" width="800" height="460" font-family="sans-serif" font-size="13">""");
        Line("""<rect width="800" height="460" fill="#ffffff"/>""");
        for (int power = _lowest; power <= _highest; power++) Row(power);
        for (int power = _firstPower; power <= _lastPower; power++) Column(power);
        Label((Left + Right) / 2, Bottom + 45, "middle", "journal entries");
        Line(Invariant($"""<text transform="translate(22 {(Top + Bottom) / 2}) rotate(-90)" text-anchor="middle">milliseconds, median</text>"""));
        for (int line = 0; line < sizes[0].Lines.Count; line++) Kind(line, Colours[line % Colours.Length]);
        Line("</svg>");
        return _text.ToString();
    }

    private void Row(int power)
    {
        double y = YOf(Math.Pow(10, power));
        Line(Invariant($"""<path d="M{Left} {y:0.#}H{Right}" stroke="#dddddd"/>"""));
        Label(Left - 8, y + 4, "end", Invariant($"{Math.Pow(10, power):0.######}"));
    }

    private void Column(int power)
    {
        double x = XOf(Math.Pow(10, power));
        Line(Invariant($"""<path d="M{x:0.#} {Top}V{Bottom}" stroke="#dddddd"/>"""));
        Label(x, Bottom + 20, "middle", Invariant($"{Math.Pow(10, power):N0}"));
    }

    private void Kind(int line, string colour)
    {
        (double X, double Y)[] points = [.. sizes.Select(size => (XOf(size.Entries), YOf(size.Lines[line].Timing.Median)))];
        Line(Invariant($"""<path d="M{string.Join('L', points.Select(point => Invariant($"{point.X:0.#} {point.Y:0.#}")))}" fill="none" stroke="{colour}" stroke-width="2"/>"""));
        foreach ((double x, double y) in points) Line(Invariant($"""<circle cx="{x:0.#}" cy="{y:0.#}" r="3.5" fill="{colour}"/>"""));
        double legend = Top + 10 + (line * 24);
        Line(Invariant($"""<path d="M{Right + 20} {legend}h24" stroke="{colour}" stroke-width="3"/>"""));
        Label(Right + 52, legend + 4, "start", sizes[0].Lines[line].Name);
    }

    private void Label(double x, double y, string anchor, string text) =>
        Line(Invariant($"""<text x="{x:0.#}" y="{y:0.#}" text-anchor="{anchor}">{text}</text>"""));

    private double XOf(double entries) => Left + ((Math.Log10(entries) - _firstPower) / Math.Max(1, _lastPower - _firstPower) * (Right - Left));

    private double YOf(double milliseconds) => Bottom - ((Math.Log10(milliseconds) - _lowest) / Math.Max(1, _highest - _lowest) * (Bottom - Top));

    private void Line(string text) => _text.Append(text).Append('\n');

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
