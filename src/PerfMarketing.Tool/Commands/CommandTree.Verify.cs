using System.CommandLine;
using System.CommandLine.Parsing;
using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;

namespace PerfMarketing.Tool.Commands;

/// <content>The words of what checks one piece of evidence.</content>
internal sealed partial class CommandTree
{
    private readonly Argument<string?> body = new("BODY-FILE")
    {
        Description = "The file with the raw body, byte for byte. Default: no body.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<SchemeId> scheme = new("--scheme")
    {
        Description = $"How it is signed: {string.Join(", ", EvidenceSchemes.Default.Ids)}.",
        HelpName = "SCHEME",
        Required = true,
        CustomParser = static result => Named<SchemeId>(result, SchemeId.TryParse),
    };

    private readonly Option<string?> keyFile = new("--key-file")
    {
        Description = "The file with the secret or public key, as the provider hands it out.",
        HelpName = "FILE",
    };

    private readonly Option<KeyId?> keyId = new("--key-id")
    {
        Description = "The key's name, which messages of pm1 and JWS cite.",
        HelpName = "ID",
        CustomParser = static result => Named<KeyId>(result, KeyId.TryParse),
    };

    private readonly Option<ProofAlgorithm?> algorithm = new("--algorithm")
    {
        Description = "The algorithm that the key is for, of those that the scheme knows: "
            + $"{string.Join(", ", Enum.GetValues<ProofAlgorithm>().Select(EnumText.Of))}. Default: the scheme's own.",
        HelpName = "NAME",
        CustomParser = static result => EnumText.TryParse(result.Tokens[0].Value, out ProofAlgorithm found)
            ? found
            : Refuse<ProofAlgorithm?>(result, "No algorithm has this name."),
    };

    private readonly Option<EvidenceHeader[]> headers = new("--header")
    {
        Description = "A header, such as 'webhook-id: msg-1'. May stand several times.",
        HelpName = "NAME: VALUE",
        AllowMultipleArgumentsPerToken = false,
        CustomParser = static result => [.. result.Tokens.Select(token => HeaderOf(result, token.Value))],
    };

    private readonly Option<Instant?> receivedAt =
        InstantOption("--at", "When it was received, such as 2026-03-03T12:00:00Z. Default: now.");

    private readonly Option<string?> url = new("--url")
    {
        Description = "The whole address of the request with its query, for schemes that sign it.",
        HelpName = "ADDRESS",
    };

    private readonly Option<string?> method = new("--method")
    {
        Description = "The method of the request. Default: POST.",
        HelpName = "METHOD",
    };

    private readonly Option<EvidenceKind?> kind = new("--kind")
    {
        Description = "The kind of evidence that is expected, for schemes whose messages say it.",
        HelpName = "KIND",
        CustomParser = static result => Named<EvidenceKind>(result, EvidenceKind.TryParse),
    };

    private readonly Option<EvidenceId?> evidenceId = new("--id")
    {
        Description = "The provider's id, for schemes whose messages carry none that is signed.",
        HelpName = "ID",
        CustomParser = static result => Named<EvidenceId>(result, EvidenceId.TryParse),
    };

    private readonly Option<bool> allowLegacy = new("--allow-legacy")
    {
        Description = "Let SHA-1 and MD5 verify, for providers that know nothing better.",
    };

    private readonly Option<bool> verdictAsJson = new("--json")
    {
        Description = "Print the verdict as a JSON object.",
    };

    private delegate bool TryRead<T>(string? text, IFormatProvider? provider, out T found);

    private static T Named<T>(ArgumentResult result, TryRead<T> read) =>
        result.Tokens is [var token] && read(token.Value, null, out T found)
            ? found
            : Refuse<T>(result, "This is not a name of that kind.")!;

    private static EvidenceHeader HeaderOf(ArgumentResult result, string text)
    {
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon > 0
            ? new(text[..colon].Trim(), text[(colon + 1)..].Trim(' ', '\t'))
            : Refuse<EvidenceHeader>(result, "A header is written like 'name: value'.");
    }

    private Command Verify()
    {
        Command command = new(
            "verify",
            "Check one piece of evidence and print the verdict with what it covers. Ends with 0 when it is authentic, "
                + "with 1 when it is not.")
        {
            body, scheme, keyFile, keyId, algorithm, headers, receivedAt, url, method, kind, evidenceId, allowLegacy,
            verdictAsJson,
        };
        Needs(command, url, method);
        Needs(command, keyFile, keyId, algorithm);
        command.SetAction(parsed => actions.Verify(RequestOf(parsed)));
        return command;
    }

    private VerifyRequest RequestOf(ParseResult parsed)
    {
        VerifyRequest request = new(parsed.GetRequiredValue(scheme), parsed.GetValue(body));
        return request with
        {
            KeyFile = parsed.GetValue(keyFile),
            KeyId = parsed.GetValue(keyId) ?? request.KeyId,
            Algorithm = parsed.GetValue(algorithm),
            Headers = [.. parsed.GetValue(headers) ?? []],
            At = parsed.GetValue(receivedAt),
            Url = parsed.GetValue(url),
            Method = parsed.GetValue(method) ?? request.Method,
            Kind = parsed.GetValue(kind) ?? request.Kind,
            Id = parsed.GetValue(evidenceId),
            AllowsLegacy = parsed.GetValue(allowLegacy),
            IsJson = parsed.GetValue(verdictAsJson),
        };
    }
}
