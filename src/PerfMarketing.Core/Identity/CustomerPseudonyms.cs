using System.Buffers.Text;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace PerfMarketing.Identity;

/// <summary>Turns e-mail addresses and phone numbers into pseudonyms by a key that only the host has.</summary>
/// <remarks>
/// A pseudonym is <c>p1.{key id}.{code}</c>: the code is the base64url form, without padding, of HMAC-SHA256(key,
/// <c>pm-pseudonym-1 LF purpose LF kind LF identity</c>) in UTF-8, where the kind is <c>email</c> or <c>phone</c> and
/// the identity is normalised. Other keys and other purposes give pseudonyms that cannot be linked. Keyed pseudonyms
/// stay personal data in law for as long as the key exists. Thread-safe until disposed, which wipes the key.
/// </remarks>
[DebuggerDisplay("{KeyId}")]
public sealed class CustomerPseudonyms : IDisposable
{
    /// <summary>The fewest bytes of a key.</summary>
    public const int KeySizeMin = 24;

    /// <summary>The most characters of a key id: what an id of 64 characters leaves room for.</summary>
    public const int KeyIdLengthMax = Identifier.LengthMax - CodeLength - 4;

    /// <summary>The most characters of a purpose.</summary>
    public const int PurposeLengthMax = 64;

    private const string Prefix = "p1.";
    private const int CodeLength = 43;
    private const int EmailLengthMax = 254;
    private const int PhoneDigitsMin = 7;
    private const int PhoneDigitsMax = 15;

    private readonly string purpose;
    private readonly EmailLocalPart localPart;
    private byte[]? key;

    /// <summary>Pseudonyms under one key and for one purpose.</summary>
    /// <param name="keyId">
    /// Names the key, at most <see cref="KeyIdLengthMax"/> characters; it stands in every pseudonym.
    /// </param>
    /// <param name="key">The secret, at least <see cref="KeySizeMin"/> bytes; it is copied.</param>
    /// <param name="purpose">
    /// What the pseudonyms are for, such as an advertiser's id: 1 to 64 printable ASCII characters.
    /// </param>
    /// <param name="localPart">What of an address before the at sign tells people apart.</param>
    /// <exception cref="ArgumentException">
    /// The key id is too long, the key is too short, or the purpose is malformed.
    /// </exception>
    public CustomerPseudonyms(
        KeyId keyId,
        ReadOnlySpan<byte> key,
        string purpose,
        EmailLocalPart localPart = EmailLocalPart.LowerCase)
    {
        if (keyId.Value.Length > KeyIdLengthMax || PersonalText.IsEmail(keyId.Value))
        {
            throw new ArgumentException(
                $"A key id has at most {KeyIdLengthMax} characters here, and no at sign.", nameof(keyId));
        }

        if (key.Length < KeySizeMin)
        {
            throw new ArgumentException($"A key has at least {KeySizeMin} bytes.", nameof(key));
        }

        if (!Identifier.IsValid(purpose, PurposeLengthMax))
        {
            throw new ArgumentException("A purpose has 1 to 64 printable ASCII characters.", nameof(purpose));
        }

        KeyId = keyId;
        this.key = key.ToArray();
        this.purpose = purpose;
        this.localPart = localPart;
    }

    /// <summary>Names the key.</summary>
    public KeyId KeyId { get; }

    /// <summary>The key that a pseudonym was made with.</summary>
    /// <param name="customer">A customer's id.</param>
    /// <param name="keyId">The key's name; <c>default</c> when the id is not such a pseudonym.</param>
    public static bool TryGetKeyId(CustomerId customer, out KeyId keyId)
    {
        string text = customer.ToString();
        int dot = text.Length - CodeLength - 1;
        bool found = dot > Prefix.Length && text[dot] == '.' && text.StartsWith(Prefix, StringComparison.Ordinal);
        keyId = found && KeyId.TryParse(text[Prefix.Length..dot], null, out KeyId parsed) ? parsed : default;
        return !keyId.IsUnset;
    }

    /// <summary>The pseudonym of an e-mail address.</summary>
    /// <param name="email">
    /// The address; spaces around it and the case of its domain make no difference, dots do. A host that takes
    /// addresses outside ASCII brings them into one Unicode form, and domains into their ASCII form, before.
    /// </param>
    /// <exception cref="FormatException">The text is not an address; the message does not repeat it.</exception>
    public CustomerId FromEmail(string email) => TryFromEmail(email, out CustomerId customer)
        ? customer
        : throw new FormatException("The text is not an e-mail address.");

    /// <summary>The pseudonym of an e-mail address, unless the text is none.</summary>
    /// <param name="email">The address.</param>
    /// <param name="customer">The pseudonym.</param>
    public bool TryFromEmail([NotNullWhen(true)] string? email, out CustomerId customer)
    {
        string? normal = NormalEmail(email, localPart);
        customer = normal is null ? default : Pseudonym("email", normal);
        return normal is not null;
    }

    /// <summary>The pseudonym of a phone number.</summary>
    /// <param name="phone">
    /// The number in international form, such as <c>+49 30 1234567</c>; separators make no difference.
    /// </param>
    /// <exception cref="FormatException">The text is not such a number; the message does not repeat it.</exception>
    public CustomerId FromPhone(string phone) => TryFromPhone(phone, out CustomerId customer)
        ? customer
        : throw new FormatException("The text is not a phone number in international form.");

    /// <summary>The pseudonym of a phone number in international form, unless the text is none.</summary>
    /// <param name="phone">The number.</param>
    /// <param name="customer">The pseudonym.</param>
    public bool TryFromPhone([NotNullWhen(true)] string? phone, out CustomerId customer)
    {
        string? normal = NormalPhone(phone);
        customer = normal is null ? default : Pseudonym("phone", normal);
        return normal is not null;
    }

    /// <summary>Wipes the key; nothing can be made afterwards.</summary>
    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(key);
        key = null;
    }

    private static string? NormalEmail(string? email, EmailLocalPart localPart)
    {
        ReadOnlySpan<char> text = email.AsSpan().Trim();
        int at = text.IndexOf('@');
        if (at < 1 || at == text.Length - 1 || text.Length > EmailLengthMax || text[(at + 1)..].Contains('@')
            || Holds(text, static c => char.IsWhiteSpace(c) || char.IsControl(c) || char.IsSurrogate(c)))
        {
            return null;
        }

        ReadOnlySpan<char> local = text[..at];
        if (localPart == EmailLocalPart.LowerCaseWithoutTag && local.IndexOf('+') is > 0 and int tag)
        {
            local = local[..tag];
        }

        string domain = Lower(text[at..].ToString());
        return (localPart == EmailLocalPart.AsWritten ? local.ToString() : Lower(local.ToString())) + domain;
    }

    private static string? NormalPhone(string? phone)
    {
        ReadOnlySpan<char> text = phone.AsSpan().Trim();
        if (text.IsEmpty || text[0] != '+' || text.Length > 2 * PhoneDigitsMax
            || Holds(text[1..], static c => !char.IsAsciiDigit(c) && c is not (' ' or '(' or ')' or '-' or '.' or '/')))
        {
            return null;
        }

        string digits = string.Concat(text.ToString().Where(char.IsAsciiDigit));
        return digits.Length is >= PhoneDigitsMin and <= PhoneDigitsMax && digits[0] != '0' ? "+" + digits : null;
    }

    private static bool Holds(ReadOnlySpan<char> text, Func<char, bool> test)
    {
        foreach (char c in text)
        {
            if (test(c))
            {
                return true;
            }
        }

        return false;
    }

    [SuppressMessage("Globalization", "CA1308", Justification = "Addresses are known in lower case.")]
    private static string Lower(string text) => text.ToLowerInvariant();

    private CustomerId Pseudonym(string kind, string identity)
    {
        ObjectDisposedException.ThrowIf(key is null, this);
        Span<byte> code = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"pm-pseudonym-1\n{purpose}\n{kind}\n{identity}"), code);
        return new($"{Prefix}{KeyId}.{Base64Url.EncodeToString(code)}");
    }
}
