using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfMarketing.Tests.Architecture;

/// <summary>A rule is suppressed where it must be, for a reason that is said there.</summary>
public sealed partial class SuppressionTests
{
    [Fact]
    public void Attributes_say_why()
    {
        IEnumerable<string> silent =
            from file in SourceTree.Code
            from attribute in file.Syntax.DescendantNodes().OfType<AttributeSyntax>()
            where attribute.Name.ToString().EndsWith("SuppressMessage", StringComparison.Ordinal)
                && attribute.ArgumentList?.Arguments.Any(static a => a.NameEquals?.Name.ToString() == "Justification")
                    != true
            select file.At(attribute);

        silent.ShouldBeNone("each suppression has a Justification");
    }

    [Fact]
    public void Directives_say_why()
    {
        IEnumerable<string> silent =
            from file in SourceTree.Code
            from line in file.Lines.Select(static (text, i) => (Text: text, Number: i + 1))
            where Directive().IsMatch(line.Text) && !line.Text.Contains("//", StringComparison.Ordinal)
            select $"{file.Path}({line.Number}): {line.Text.Trim()}";

        silent.ShouldBeNone("a comment on the line says why");
    }

    [GeneratedRegex("^\\s*#(pragma warning disable|nullable disable)")]
    private static partial Regex Directive();
}
