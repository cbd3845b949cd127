"""Mail domains that anyone can have an address of: they say nothing about an organisation."""

PUBLIC_DOMAINS = frozenset(
    {
        *("gmail.com", "googlemail.com", "hotmail.com", "hotmail.be", "hotmail.fr", "hotmail.nl", "live.be"),
        *("live.com", "live.nl", "outlook.com", "outlook.be", "msn.com", "yahoo.com", "yahoo.fr", "yahoo.be"),
        *("telenet.be", "pandora.be", "skynet.be", "proximus.be", "belgacom.net", "scarlet.be", "voo.be"),
        *("edpnet.be", "mobistar.be", "orange.be", "base.be", "icloud.com", "me.com", "mac.com", "aol.com"),
        *("protonmail.com", "proton.me", "pm.me", "gmx.net", "gmx.com", "gmx.de", "ziggo.nl", "kpnmail.nl"),
        *("planet.nl", "xs4all.nl", "zonnet.nl", "mail.com", "fastmail.com", "tutanota.com", "mail.be"),
    }
)
