using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace PerfMarketing.Proofs.Schemes;

/// <summary>A request or response whose parts are signed (RFC 9421 §2).</summary>
internal sealed class HttpSignatureBase
{
    private static readonly SearchValues<char> Texts =
        SearchValues.Create(['\t', .. Enumerable.Range(' ', '~' - ' ' + 1).Select(static c => (char)c)]);

    private readonly EvidenceInput input;
    private readonly int? status;
    private readonly HttpTarget? target;

    internal HttpSignatureBase(EvidenceInput input, int? status)
    {
        this.input = input;
        this.status = status;
        target = input.Request is { Url: { } url } ? HttpTarget.Read(url) : null;
    }

    /// <summary>The value of a component; null when the message has none.</summary>
    internal string? ValueOf(string component) => component switch
    {
        "@method" => IsText(input.Request?.Method) ? input.Request?.Method : null,
        "@target-uri" => target?.Uri,
        "@authority" => target?.Authority,
        "@scheme" => target?.Scheme,
        "@request-target" => target is null ? null : target.Path + target.Query,
        "@path" => target?.Path,
        "@query" => target is null ? null : target.Query.Length == 0 ? "?" : target.Query,
        "@status" => status?.ToString(CultureInfo.InvariantCulture),
        _ => component.StartsWith('@') ? null : Field(component),
    };

    /// <summary>All values of a field, trimmed and joined by comma and space (RFC 9421 §2.1).</summary>
    internal string? Field(string name)
    {
        StringBuilder? joined = null;
        foreach (EvidenceHeader header in input.Headers)
        {
            if (header.Value is null || !string.Equals(header.Name, name, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            if (!IsText(header.Value))
            {
                return null;
            }

            joined = joined is null ? new() : joined.Append(", ");
            joined.Append(header.Value.AsSpan().Trim(" \t"));
        }

        return joined?.ToString();
    }

    /// <summary>
    /// The lines of a signature's components (RFC 9421 §2.5), without the last; false and the name of the component
    /// that the message does not have.
    /// </summary>
    internal bool TryLines(HttpSignatureInput signature, out string lines, [NotNullWhen(false)] out string? missing)
    {
        StringBuilder text = new();
        foreach (string component in signature.Components)
        {
            if (ValueOf(component) is not { } value)
            {
                lines = string.Empty;
                missing = component;
                return false;
            }

            text.Append('"').Append(component).Append("\": ").Append(value).Append('\n');
        }

        lines = text.ToString();
        missing = null;
        return true;
    }

    // A line end in a value would begin another line of the base.
    private static bool IsText(string? value) =>
        value is not null && !value.AsSpan().ContainsAnyExcept(Texts);
}
