using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using NodaTime;

namespace PerfMarketing.Proofs.Schemes;

/// <summary>What one HTTP signature says it covers and when it was made (RFC 9421 §4.1).</summary>
internal sealed class HttpSignatureInput
{
    /// <summary>The most components that one signature covers.</summary>
    internal const int ComponentsMax = 32;

    private static readonly SearchValues<char> NameChars =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-.^_`|~");

    private readonly StringBuilder serialized = new();
    private readonly List<string> components = [];

    private HttpSignatureInput(string label) => Label = label;

    internal string Label { get; }

    /// <summary>The names of the components, in the order in which they are signed.</summary>
    internal IReadOnlyList<string> Components => components;

    /// <summary>The value of <c>@signature-params</c>, in the one form of RFC 8941 §4.1.</summary>
    internal string Serialized => serialized.ToString();

    internal Instant? Created { get; private set; }

    internal Instant? Expires { get; private set; }

    internal string? KeyId { get; private set; }

    internal string? Algorithm { get; private set; }

    internal string? Nonce { get; private set; }

    internal string? Tag { get; private set; }

    /// <summary>Reads the field; null when it is malformed or has too many signatures.</summary>
    internal static List<HttpSignatureInput>? Read(string text, int countMax)
    {
        StructuredFieldReader reader = new(text.AsSpan().Trim(' '));
        List<HttpSignatureInput> found = [];
        do
        {
            if (!reader.TryMember(found.Count == 0, out string? label)
                || !TryRead(ref reader, label, out HttpSignatureInput? input)
                || found.Exists(f => f.Label == label) || found.Count == countMax)
            {
                return null;
            }

            found.Add(input);
        }
        while (!reader.IsAtEnd);

        return found;
    }

    private static bool TryRead(
        ref StructuredFieldReader reader, string label, [NotNullWhen(true)] out HttpSignatureInput? input)
    {
        input = new(label);
        bool valid = input.TryReadComponents(ref reader);
        while (valid && reader.Take(';'))
        {
            reader.SkipSpaces();
            valid = reader.TryKey(out string? name) && reader.Take('=') && input.TryReadParameter(ref reader, name);
        }

        return valid;
    }

    // A component with parameters of its own, such as ;sf or ;req, is not read here.
    private bool TryReadComponents(ref StructuredFieldReader reader)
    {
        if (!reader.Take('('))
        {
            return false;
        }

        serialized.Append('(');
        reader.SkipSpaces();
        while (!reader.Take(')'))
        {
            if (!reader.TryString(out string? name) || !IsComponent(name) || components.Contains(name)
                || components.Count == ComponentsMax)
            {
                return false;
            }

            serialized.Append(components.Count == 0 ? "\"" : " \"").Append(name).Append('"');
            components.Add(name);
            bool isParted = reader.Take(' ');
            reader.SkipSpaces();
            if (!isParted)
            {
                return reader.Take(')') && Close();
            }
        }

        return Close();
    }

    private bool Close()
    {
        serialized.Append(')');
        return true;
    }

    private bool TryReadParameter(ref StructuredFieldReader reader, string name)
    {
        serialized.Append(';').Append(name).Append('=');
        if (name is "created" or "expires")
        {
            if (!reader.TryInteger(out ReadOnlySpan<char> digits) || !SignedTime.TryRead(digits, out Instant at))
            {
                return false;
            }

            serialized.Append(digits);
            bool isFirst = (name == "created" ? Created : Expires) is null;
            (Created, Expires) = name == "created" ? (at, Expires) : (Created, (Instant?)at);
            return isFirst;
        }

        if (!reader.TryString(out string? text))
        {
            return false;
        }

        serialized.Append('"').Append(text.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal)).Append('"');
        return TrySet(name, text);
    }

    private bool TrySet(string name, string text)
    {
        switch (name)
        {
            case "keyid" when KeyId is null:
                KeyId = text;
                return true;
            case "alg" when Algorithm is null:
                Algorithm = text;
                return true;
            case "nonce" when Nonce is null:
                Nonce = text;
                return true;
            case "tag" when Tag is null:
                Tag = text;
                return true;
            default:
                return false;
        }
    }

    private static bool IsComponent(string name) =>
        !name.AsSpan(name.StartsWith('@') ? 1 : 0).ContainsAnyExcept(NameChars) && name.Length is > 1 and <= 64;
}
