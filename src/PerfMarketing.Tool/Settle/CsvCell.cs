using System.Globalization;
using PerfMarketing.Integrity;

namespace PerfMarketing.Tool.Settle;

/// <summary>A cell as it stands in a CSV file: texts safe from being taken for formulas, numbers as they are.</summary>
/// <param name="Text">The cell, quotes included.</param>
internal readonly record struct CsvCell(string Text)
{
    /// <summary>The cell of a text.</summary>
    public static implicit operator CsvCell(string text) => new(CsvText.Write(text));

    /// <summary>The cell of a number.</summary>
    /// <param name="number">The number.</param>
    public static CsvCell Of<T>(T number)
        where T : struct, System.Numerics.INumber<T> => new(number.ToString(null, CultureInfo.InvariantCulture));
}
